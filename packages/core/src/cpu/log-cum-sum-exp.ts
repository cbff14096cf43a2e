import type { Kernel } from '../contract/backend.ts';
import { allocate, type FloatType, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { type Double, double, plus, times } from './arithmetic/double-double.ts';
import { exactLogSum } from './arithmetic/exact-log-sum.ts';
import { power } from './arithmetic/exp.ts';
import { scaledExponential } from './arithmetic/exponentials.ts';
import { logOfTotal, powerOf, showsErrors } from './arithmetic/log-of-sum.ts';
import { unitOf } from './arithmetic/magnitude.ts';
import { product, scaled, toNumber } from './arithmetic/scaled.ts';
import { Sum } from './arithmetic/sum.ts';

/** The maximum drift of the base of a sum: e³²·n is far from overflow. */
const DRIFT = 32;

/**
 * Replaces z_k by the sum of e^{x_j − top_k} over j ≤ k without its largest term, 1. top_k is the
 * maximum up to k; a top of NaN or ±inf is the result itself.
 * The sum is relative to a base that follows the maximum only in steps, because every change of
 * base rounds the whole sum.
 */
function accumulate(z: Float64Array, tops: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY;
  let base = top;
  let others = new Sum();
  for (let k = 0; k < z.length; k++) {
    const v = z[k] as number;
    if (Number.isFinite(v) && top < Number.POSITIVE_INFINITY) {
      if (v > base) {
        const carried = top === Number.NEGATIVE_INFINITY ? 0 : others.value * power(base, v + DRIFT);
        others = new Sum();
        others.add(carried);
        base = v + DRIFT;
      }
      if (top !== Number.NEGATIVE_INFINITY) others.add(power(Math.min(v, top), base));
      top = Math.max(v, top);
    } else if (v !== Number.NEGATIVE_INFINITY && (v !== v || top < Number.POSITIVE_INFINITY)) top = v;
    z[k] = Number.isFinite(top) ? others.value / power(top, base) : 0;
    tops[k] = top;
  }
}

/**
 * Below this share of its terms, a logarithm in double-double shows their errors and is computed
 * separately.
 */
const DEEP = 2 ** -44;

/**
 * Computes the sums in double-double where they cancel their maximum: z_k becomes
 * top_k + log1p(rest_k), or the exact sum of the first k + 1 values of `x` if that is too narrow.
 */
function accumulateExactly(z: Float64Array, tops: Float64Array, x: Float64Array, dtype: FloatType): void {
  let top = Number.NEGATIVE_INFINITY;
  let rest: Double = double(0);
  for (let k = 0; k < z.length; k++) {
    const v = z[k] as number;
    z[k] = tops[k] as number;
    if (!Number.isFinite(tops[k])) continue;
    if (v > top) {
      if (top > Number.NEGATIVE_INFINITY)
        rest = times(plus(double(1), rest), powerOf(double(top), double(v)));
      top = v;
    } else if (v > Number.NEGATIVE_INFINITY) rest = plus(rest, powerOf(double(v), double(top)));
    const y = plus(double(top), logOfTotal(rest)).high;
    const size = Math.max(Math.abs(top), Math.min(rest.high, 1));
    const isDeep = Math.abs(y) < size * DEEP;
    z[k] = isDeep ? exactLogSum(x.subarray(0, k + 1), undefined, dtype).value : y;
  }
}

/** top + log1p(rest), exact if one term dominates. */
export const logCumSumExp: Kernel<'logCumSumExp', Host, 'sync'> = (p, { x }) => {
  const y = allocate(p.dtype, x.length);
  const [z, tops] = [new Float64Array(p.n), new Float64Array(p.n)];
  eachRow(p, (start) => {
    load(x, start, p, z);
    accumulate(z, tops);
    let cancelled = false;
    for (let k = 0; k < p.n; k++) {
      const [top, rest] = [tops[k] as number, z[k] as number];
      z[k] = top + Math.log1p(rest);
      cancelled ||= showsErrors(z[k] as number, top, rest, p.dtype);
    }
    if (cancelled) {
      load(x, start, p, z);
      accumulateExactly(z, tops, z.slice(), p.dtype);
    }
    store(z, y, start, p);
  });
  return { y };
};

/**
 * sum·factor·e^{top − base}·e^{x − top}, out of range only if the result is. An infinite sum stays
 * infinite, and the first sum has no base.
 */
function relative(sum: number, factor: number, base: number, top: number, x: number): number {
  if (sum === 0 || !Number.isFinite(sum) || base === Number.POSITIVE_INFINITY) return sum * factor;
  const [above, below] = [power(top, base), power(x, top)];
  const plain = sum * (above < 2 ** -1000 ? 0 : above) * (below < 2 ** -1000 ? 0 : below);
  if (Math.abs(plain) > 2 ** -800 && Math.abs(plain) < 2 ** 800) return plain * factor;
  const powers = [scaledExponential(top, base, 0, 1), scaledExponential(x, top, 0, 1)];
  return toNumber(product(scaled(sum), scaled(factor), ...powers));
}

/**
 * dx_k = Σ_{j ≥ k} dy_j·e^{x_k − y_j}, from the end: Σ dy_j·e^{base − top_j}/(1 + rest_j), whose
 * base follows the tops. A −inf takes no part; a sum of +inf has gradient 0 for finite terms.
 */
export const logCumSumExpGrad: Kernel<'logCumSumExpGrad', Host, 'sync'> = (p, { x, dy }) => {
  const dx = allocate(p.dtype, x.length);
  const [v, rest, tops, g] = [
    new Float64Array(p.n),
    new Float64Array(p.n),
    new Float64Array(p.n),
    new Float64Array(p.n),
  ];
  eachRow(p, (start) => {
    load(x, start, p, v);
    load(dy, start, p, g);
    rest.set(v);
    accumulate(rest, tops);
    let unit = 2 ** 100;
    let sum = new Sum();
    let base = Number.POSITIVE_INFINITY;
    for (let k = p.n - 1; k >= 0; k--) {
      const [logit, top] = [v[k] as number, tops[k] as number];
      if (top !== top) sum.add(top);
      else if (Number.isFinite(top)) {
        // Relative to a unit of the largest cotangent so far, or of the carried sum when the base
        // moves.
        if (top < base - DRIFT || unitOf(g[k] as number) < unit) {
          const carried = relative(sum.value, 1 / unit, base, top, top);
          unit = Math.min(unitOf(carried), unitOf(g[k] as number));
          sum = new Sum();
          sum.add(carried * unit);
          base = top;
        }
        sum.add(((g[k] as number) * unit) / (1 + (rest[k] as number)) / power(top, base));
      }
      const slope = Number.isFinite(top)
        ? relative(sum.value, 1 / unit, base, top, logit)
        : sum.value * 0 * logit;
      g[k] = logit === Number.NEGATIVE_INFINITY ? 0 : slope;
    }
    store(g, dx, start, p);
  });
  return { dx };
};
