import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, rounded, store } from '../layout/rows.ts';
import { toNumber } from './arithmetic/scaled.ts';
import { isWithin, ScaledSum } from './arithmetic/scaled-sum.ts';
import { Sum } from './arithmetic/sum.ts';

/** −Σ p·log p, 0·log 0 = 0. */
export const entropy: Kernel<'entropy', Host, 'sync'> = (problem, inputs) => {
  const y = new Float64Array(problem.outer * problem.inner);
  const p = new Float64Array(problem.n);
  eachRow(problem, (start, row) => {
    load(inputs.p, start, problem, p);
    const plain = new Sum();
    for (let k = 0; k < p.length; k++)
      if (p[k] !== 0) plain.add(-(p[k] as number) * Math.log(p[k] as number));
    y[row] = plain.value;
    if (isWithin(plain.value)) return;
    const sum = new ScaledSum();
    for (let k = 0; k < p.length; k++) if (p[k] !== 0) sum.add(p[k] as number, -Math.log(p[k] as number));
    y[row] = toNumber(sum.value);
  });
  return { y: rounded(y, problem.dtype) };
};

/** dp = −dy·(log p + 1); 0 where p is 0. */
export const entropyGrad: Kernel<'entropyGrad', Host, 'sync'> = (problem, inputs) => {
  const dp = allocate(problem.dtype, inputs.p.length);
  const [p, g] = [new Float64Array(problem.n), new Float64Array(1)];
  eachRow(problem, (start, row) => {
    load(inputs.p, start, problem, p);
    load(inputs.dy, row, { ...problem, n: 1 }, g);
    for (let k = 0; k < p.length; k++)
      p[k] = p[k] === 0 ? 0 : -(g[0] as number) * (Math.log(p[k] as number) + 1);
    store(p, dp, start, problem);
  });
  return { dp };
};
