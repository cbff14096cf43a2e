import type { Kernel } from '../contract/backend.ts';
import type { SignedLogSum } from '../contract/kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, rounded, store } from '../layout/rows.ts';
import { exactLogSum } from './arithmetic/exact-log-sum.ts';
import { power } from './arithmetic/exp.ts';
import { cancels } from './arithmetic/log-of-sum.ts';
import { unitOf } from './arithmetic/magnitude.ts';
import { Sum } from './arithmetic/sum.ts';

interface Terms {
  /** log of the largest |b·e^x|, its x, and the power of two by which b is divided. */
  readonly log: number;
  readonly max: number;
  readonly unit: number;
  /**
   * The largest term and the sum of all, relative to unit·e^max: factors that cancel do so exactly.
   */
  readonly lead: number;
  readonly total: number;
  /**
   * The sum without its largest term, relative to that term: log1p(rest) is exact if the others are
   * small.
   */
  readonly rest: number;
  readonly sign: number;
  /**
   * Σ |b·e^x| without the largest, over |Σ b·e^x|: the factor by which the errors of the terms
   * grow.
   */
  readonly condition: number;
}

/** Replaces z by the terms b·e^x, relative as in `Terms`. A term of b = 0 is not read for any x. */
function terms(z: Float64Array, b: Float64Array): Terms {
  let log = Number.NEGATIVE_INFINITY;
  let at = -1;
  for (let k = 0; k < z.length; k++) {
    const size =
      b[k] === 0 ? Number.NEGATIVE_INFINITY : (z[k] as number) + Math.log(Math.abs(b[k] as number));
    if (size <= log) continue;
    log = size;
    at = k;
  }
  if (at < 0) return { log, max: log, unit: 1, lead: 1, total: 0, rest: -1, sign: 0, condition: 0 };
  const [max, largest] = [z[at] as number, b[at] as number];
  const unit = 2 ** Math.floor(Math.log2(Math.abs(largest)));
  const lead = largest / unit;
  const sum = new Sum();
  let size = 0;
  for (let k = 0; k < z.length; k++) {
    const v = z[k] as number;
    const factor = (b[k] as number) / unit;
    // If e^s or the quotient leaves float64, their product is computed through the logarithm.
    const apart = v - max > 700 || !(Math.abs(factor) > 1e-290 && Math.abs(factor) < 1e290);
    const gap = v - max + Math.log(Math.abs(b[k] as number)) - Math.log(Math.abs(largest));
    const t = apart ? Math.sign(b[k] as number) * Math.exp(gap) * Math.abs(lead) : factor * power(v, max);
    z[k] = k === at ? lead : b[k] === 0 || v === Number.NEGATIVE_INFINITY ? 0 : t;
    if (k === at) continue;
    sum.add(z[k] as number);
    size += Math.abs(z[k] as number);
  }
  const rest = sum.value / lead;
  // The largest is NaN if any term is.
  sum.add(log === log ? lead : log);
  const total = sum.value;
  const condition = size === 0 ? 0 : size / Math.abs(total);
  return { log, max, unit, lead, total, rest, sign: Math.sign(total), condition };
}

function read(
  p: SignedLogSum,
  x: Host,
  b: Host,
  mask: Host | undefined,
  start: number,
  z: Float64Array,
  f: Float64Array,
) {
  load(x, start, p, z);
  load(b, start, p, f);
  if (mask) for (let k = 0; k < p.n; k++) if (!mask[start + k * p.inner]) f[k] = 0;
}

/**
 * log |Σ b·e^x| = log |largest term| + log1p(rest). For infinite x, a term of +inf is the sum, with
 * the sign of its b.
 */
export const signedLogSumExp: Kernel<'signedLogSumExp', Host, 'sync'> = (p, { x, b, mask }) => {
  const rows = p.outer * p.inner;
  const [y, signs] = [new Float64Array(rows), new Float64Array(rows)];
  const [z, f] = [new Float64Array(p.n), new Float64Array(p.n)];
  eachRow(p, (start, row) => {
    read(p, x, b, mask, start, z, f);
    const whole = infinite(z, f);
    if (whole !== 0) {
      y[row] = whole > 0 || (whole < 0 && p.signed) ? Number.POSITIVE_INFINITY : Number.NaN;
      signs[row] = whole;
      return;
    }
    const { log, max, lead, total, rest, sign: rough, condition } = terms(z, f);
    const size = log + (rest > -0.5 ? Math.log1p(rest) : Math.log(Math.abs(total / lead)));
    const isRough =
      Number.isFinite(log) &&
      (condition === Number.POSITIVE_INFINITY ||
        [condition, log, max].some((term) => cancels(size, term, p.dtype)));
    if (isRough) read(p, x, b, mask, start, z, f);
    const { value, sign } = isRough ? exactLogSum(z, f, p.dtype) : { value: size, sign: rough };
    y[row] = sign === 0 ? Number.NEGATIVE_INFINITY : sign < 0 && !p.signed ? Number.NaN : value;
    signs[row] = sign;
  });
  return { y: rounded(y, p.dtype), sign: rounded(signs, p.dtype) };
};

/**
 * The sign of a row with infinite terms, x = +inf or b = ±inf, if they agree; otherwise, and for
 * 0·inf, NaN. 0 without such a term.
 */
function infinite(z: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < z.length; k++) {
    if (b[k] === 0) continue;
    const v = z[k] as number;
    const term = (b[k] as number) * (Number.isFinite(v) ? 1 : Math.exp(v));
    if (!Number.isFinite(term)) sum += term;
  }
  return Math.sign(sum);
}

/** From this condition number on, the divisor of the gradients is computed exactly. */
const ENLARGED = 2 ** 16;

/**
 * dx = dy·t/Σt, db = dx/b: both 0 for terms that take no part. If the sum is exactly 0, the divisor
 * is +0: ±∞ with the signs of dy·b and of dy, and 0 where dy is 0.
 */
export const signedLogSumExpGrad: Kernel<'signedLogSumExpGrad', Host, 'sync'> = (p, { x, b, dy, mask }) => {
  const [dx, db] = [allocate(p.dtype, x.length), allocate(p.dtype, x.length)];
  const [v, z, f, g] = [
    new Float64Array(p.n),
    new Float64Array(p.n),
    new Float64Array(p.n),
    new Float64Array(1),
  ];
  eachRow(p, (start, row) => {
    read(p, x, b, mask, start, z, f);
    v.set(z);
    load(dy, row, { ...p, n: 1 }, g);
    const { max, unit, condition, ...rough } = terms(z, f);
    let { total, sign } = rough;
    if (condition > ENLARGED && infinite(v, f) === 0) {
      const exact = exactLogSum(v, f, p.dtype);
      sign = exact.sign;
      total = sign === 0 ? 0 : sign * Math.exp(exact.value - max - Math.log(unit));
    }
    const by = unitOf(g[0] as number);
    const [early, late] = [Math.min(by, 1), Math.max(by, 1)];
    const scale = (sign < 0 && !p.signed ? Number.NaN : (g[0] as number) * by) / total;
    // No share of the sum is 0, however small: of an infinite dy, and of a sum of 0, only signs count.
    const isEndless = sign === 0 || !Number.isFinite(g[0]);
    const unbounded = g[0] === 0 ? 0 : (g[0] as number) * Number.POSITIVE_INFINITY;
    const slope = sign === 0 ? unbounded : scale * sign * sign;
    for (let k = 0; k < p.n; k++) {
      const own = v[k] as number;
      const gone = f[k] === 0 || own === Number.NEGATIVE_INFINITY;
      if (isEndless && !gone) {
        z[k] = Math.sign(f[k] as number) * slope;
        v[k] = slope;
        continue;
      }
      const d = gone ? 0 : (z[k] as number) * scale;
      // Below float64's normal numbers every product rounds, so only the last one may be there.
      const factor = f[k] as number;
      const isOrdinary = Math.abs(factor / unit) > 1e-290 && Math.abs(factor / unit) < 1e25;
      const least = Math.min(Math.abs(d), isOrdinary ? Math.abs(z[k] as number) : 1);
      const tiny = !gone && least < 1e-290;
      const half = tiny ? power(own / 2, max / 2) : 0;
      z[k] = tiny ? ((((factor / unit) * scale * half) / early) * half) / late : d / by;
      v[k] = gone ? 0 : tiny ? ((((scale / unit) * half) / early) * half) / late : d / factor / by;
    }
    store(z, dx, start, p);
    store(v, db, start, p);
  });
  return { dx, db };
};
