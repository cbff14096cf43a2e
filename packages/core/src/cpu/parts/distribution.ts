import type { Distribution } from '../../contract/kernels.ts';
import type { Host } from '../../layout/dtype.ts';
import { load } from '../../layout/rows.ts';
import { type Double, double, expm1Of, over, plus, times } from '../arithmetic/double-double.ts';
import { exp, expScaled } from '../arithmetic/exp.ts';
import { type Exponentials, exponentials } from '../arithmetic/exponentials.ts';
import { unitOf } from '../arithmetic/magnitude.ts';
import { NOTHING, product, quotient, type Scaled, scaled, toNumber } from '../arithmetic/scaled.ts';
import { hide } from './mask.ts';

export interface DistributionInputs {
  readonly x: Host;
  readonly mask?: Host | undefined;
  readonly temperature?: Host | undefined;
  readonly sink?: Host | undefined;
  /** Added to the logits first. */
  readonly noise?: Host | undefined;
}

/**
 * Memory for the low words of capped logits, if their rounding error would show: always for
 * float64, otherwise if c/T·2⁻⁵³ exceeds 2⁻³⁷, where a float32 probability shows it.
 */
export function lowOf(
  { dtype, softcap, temperature: t, n }: Distribution,
  { temperature }: DistributionInputs,
): Float64Array | undefined {
  if (softcap === 0) return undefined;
  const least = temperature ? (temperature as Float64Array).reduce((a, b) => Math.min(a, b)) : t;
  return dtype === 'float64' || softcap > 2 ** 16 * least ? new Float64Array(n) : undefined;
}

/** c·tanh(v/c) = c·m/(2 + m), m = e^{2v/c} − 1, for v < 0; the negative of it for other v. */
function capped(v: number, c: number): Double {
  // v·(1 − (v/c)²/3 + …)
  if (Math.abs(v) < 2 ** -54 * c) return double(v);
  // 1 − tanh is below 2⁻¹¹⁴.
  if (Math.abs(v) > 40 * c) return double(v < 0 ? -c : c);
  const unit = unitOf(c);
  const m = expm1Of(times(double(-2), over(double(Math.abs(v) * unit), double(c * unit))));
  const { high, low } = times(double(c * unit), over(m, plus(double(2), m)));
  const sign = v < 0 ? unit : -unit;
  return { high: high / sign, low: low / sign };
}

/**
 * Loads the logits of one row: perturbed, negated and capped according to the problem, −inf if
 * masked. Writes their low words to `low`. Returns false if all are masked.
 */
export function logits(
  p: Distribution,
  { x, mask, noise }: DistributionInputs,
  start: number,
  z: Float64Array,
  low?: Float64Array,
): boolean {
  const { n, inner, negate, softcap: c } = p;
  load(x, start, p, z);
  if (noise) for (let k = 0; k < n; k++) z[k] = (z[k] as number) + (noise[start + k * inner] as number);
  if (negate) for (let k = 0; k < n; k++) z[k] = -(z[k] as number);
  if (c > 0)
    for (let k = 0; k < n; k++) {
      const v = z[k] as number;
      if (!(Math.abs(v) < Number.POSITIVE_INFINITY)) continue;
      const cap = low ? capped(v, c) : double(c * Math.tanh(v / c));
      z[k] = cap.high;
      if (low) low[k] = cap.low;
    }
  return !mask || hide(mask, start, inner, z);
}

/** Reads T and the sink of one row, and computes its exponentials. */
export function exponentialsOf(
  p: Distribution,
  { temperature, sink }: DistributionInputs,
  row: number,
  z: Float64Array,
  low?: Float64Array,
): Exponentials {
  return exponentials(z, temperatureOf(p, temperature, row), sink?.[row], low);
}

export const temperatureOf = (p: Distribution, temperature: Host | undefined, row: number): number =>
  temperature ? (temperature[row] as number) : p.temperature;

/**
 * The probabilities of a row whose largest logit is not finite: NaN, or the chosen value for a row
 * without a possible entry.
 */
export function degenerate(
  p: Distribution,
  max: number,
  left: boolean,
  mask: Host | undefined,
  start: number,
  z: Float64Array,
): void {
  const masked = (k: number) => left && mask?.[start + k * p.inner] === 0;
  const fill = max === Number.NEGATIVE_INFINITY ? p.empty[left ? 'impossible' : 'masked'] : 'nan';
  const count = z.reduce((sum, _, k) => sum + (masked(k) ? 0 : 1), 0);
  const value = { nan: Number.NaN, zero: 0, uniform: 1 / count }[fill];
  for (let k = 0; k < z.length; k++) z[k] = masked(k) ? 0 : value;
}

/**
 * Carries the gradient of one row from (v − max)/T back to x: 1/T (0 at both limits), the sign, and
 * the cap's sech².
 */
export function backward(
  p: Distribution,
  { x, temperature }: DistributionInputs,
  start: number,
  row: number,
  g: Float64Array,
): void {
  const t = temperatureOf(p, temperature, row);
  const sign = p.negate ? -1 : 1;
  for (let k = 0; k < g.length; k++)
    if (g[k] !== 0 && g[k] === g[k]) g[k] = t === 0 ? 0 : (sign * (g[k] as number)) / t;
  if (p.softcap === 0) return;
  const u = new Float64Array(g.length);
  load(x, start, p, u);
  for (let k = 0; k < g.length; k++)
    if (g[k] !== 0) g[k] = (g[k] as number) * slopeOfCap(Math.abs(u[k] as number), p.softcap);
}

/** The sign of ±1/T, 0 at both limits. */
export const signOf = ({ negate }: Distribution, t: number): number =>
  t === 0 || t === Number.POSITIVE_INFINITY ? 0 : negate ? -1 : 1;

/** The factor of one value, ±sech²/T, as m·2^e. */
export function slopesOf(
  p: Distribution,
  { x, temperature }: DistributionInputs,
  start: number,
  row: number,
): (k: number) => Scaled {
  const slope = quotient(scaled(p.negate ? -1 : 1), scaled(temperatureOf(p, temperature, row)));
  if (p.softcap === 0) return () => slope;
  const u = new Float64Array(p.n);
  load(x, start, p, u);
  return (k) => product(slope, scaledSlopeOfCap(Math.abs(u[k] as number), p.softcap));
}

/** sech²(v/c) = 4e/(1 + e)², e = exp(−2v/c), including the rounding error of the exponent. */
function slopeOfCap(v: number, c: number): number {
  const { high, low } = over(double(v), double(c));
  const e = exp(-2 * high, -2 * low);
  return (4 * e) / ((1 + e) * (1 + e));
}

/** sech²(v/c) as m·2^e, for any v and c. */
function scaledSlopeOfCap(v: number, c: number): Scaled {
  if (v > 2000 * c) return NOTHING;
  const unit = unitOf(c);
  const { high, low } = over(double(v * unit), double(c * unit));
  const e = expScaled(-2 * high, -2 * low);
  const f = 1 + toNumber(e);
  return { m: (4 * e.m) / (f * f), e: e.e };
}
