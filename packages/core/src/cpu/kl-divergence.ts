import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, rounded, store } from '../layout/rows.ts';
import { product, quotient, scaled, toNumber } from './arithmetic/scaled.ts';
import { isOrdinary, isWithin, ScaledSum } from './arithmetic/scaled-sum.ts';
import { Sum } from './arithmetic/sum.ts';

/**
 * log(p/q), through log1p if the two are close and the quotient would round away their difference.
 */
function logRatio(p: number, q: number): number {
  if (p > q / 2 && p < 2 * q) return Math.log1p((p - q) / q);
  const ratio = p / q;
  // If the quotient overflows, or is subnormal and has lost digits, the logarithms are large and
  // far apart.
  return ratio > 1e-300 && ratio < 1e300 ? Math.log(ratio) : Math.log(p) - Math.log(q);
}

/** Σ p·log(p/q), 0·log 0 = 0; +inf where q is 0 and p is not. */
export const klDivergence: Kernel<'klDivergence', Host, 'sync'> = (problem, inputs) => {
  const { n, outer, inner, dtype } = problem;
  const y = new Float64Array(outer * inner);
  const [p, q] = [new Float64Array(n), new Float64Array(n)];
  eachRow(problem, (start, row) => {
    load(inputs.p, start, problem, p);
    load(inputs.q, start, problem, q);
    const plain = new Sum();
    for (let k = 0; k < n; k++)
      if (p[k] !== 0) plain.add((p[k] as number) * logRatio(p[k] as number, q[k] as number));
    y[row] = plain.value;
    if (isWithin(plain.value)) return;
    const sum = new ScaledSum();
    for (let k = 0; k < n; k++)
      if (p[k] !== 0) sum.add(p[k] as number, logRatio(p[k] as number, q[k] as number));
    y[row] = toNumber(sum.value);
  });
  return { y: rounded(y, dtype) };
};

/** a·b/c, out of range only if the result is. */
function ratio(a: number, b: number, c: number): number {
  const plain = a * (b / c);
  const [size, share] = [Math.abs(plain), Math.abs(b / c)];
  if (size > 1e-290 && size < 1e290 && share > 1e-290 && share < 1e290) return plain;
  return toNumber(quotient(product(scaled(a), scaled(b)), scaled(c)));
}

/** dp = dy·(log(p/q) + 1), dq = −dy·p/q; both 0 where p is 0. */
export const klDivergenceGrad: Kernel<'klDivergenceGrad', Host, 'sync'> = (problem, inputs) => {
  const { n, dtype } = problem;
  const [dp, dq] = [allocate(dtype, inputs.p.length), allocate(dtype, inputs.p.length)];
  const [p, q, g] = [new Float64Array(n), new Float64Array(n), new Float64Array(1)];
  eachRow(problem, (start, row) => {
    load(inputs.p, start, problem, p);
    load(inputs.q, start, problem, q);
    load(inputs.dy, row, { ...problem, n: 1 }, g);
    const dy = g[0] as number;
    // An ordinary dy and a product this far from the limits of float64 have an ordinary quotient.
    const [least, most] = isOrdinary(dy) ? [2 ** -600, 2 ** 600] : [1, 0];
    for (let k = 0; k < n; k++) {
      const [a, b] = [p[k] as number, q[k] as number];
      p[k] = a === 0 ? 0 : dy * (logRatio(a, b) + 1);
      const plain = -dy * (a / b);
      const size = Math.abs(plain);
      q[k] = a === 0 ? 0 : size > least && size < most ? plain : -ratio(dy, a, b);
    }
    store(p, dp, start, problem);
    store(q, dq, start, problem);
  });
  return { dp, dq };
};
