import type { Exponentials } from '../arithmetic/exponentials.ts';
import { scaledExponential } from '../arithmetic/exponentials.ts';
import {
  NOTHING,
  negative,
  product,
  quotient,
  type Scaled,
  scaled,
  sumOf,
  toNumber,
} from '../arithmetic/scaled.ts';

/** The exponentials of a row as m·2^e, beside the results of `exponentials`. */
export interface ScaledRow {
  readonly at: number;
  readonly e: readonly Scaled[];
  readonly sunk: Scaled;
  readonly rest: Scaled;
  readonly total: Scaled;
}

/** The row of logits v + low at a temperature, with a sink. */
export function scaledRow(
  v: Float64Array,
  { max, at }: Pick<Exponentials, 'max' | 'at'>,
  temperature = 1,
  sink: number = Number.NEGATIVE_INFINITY,
  low?: Float64Array,
): ScaledRow {
  const base = low && at >= 0 ? (low[at] as number) : 0;
  const of = (logit: number, beyond: number) => scaledExponential(logit, max, beyond - base, temperature);
  const e = Array.from(v, (logit, k) => of(logit, low?.[k] ?? 0));
  const sunk = of(sink, 0);
  const others = e.filter((_, k) => k !== at);
  const rest = sumOf(at < 0 ? others : [...others, sunk]);
  return { at, e, sunk, rest, total: sumOf([{ m: 1, e: 0 }, rest]) };
}

/**
 * Replaces the exponentials z relative to max by dy·p; `total` is their sum. If float64 has the
 * exponential only as a subnormal, or as 0, the product is computed from m·2^e. An infinite dy
 * stays infinite, as every p is above 0.
 */
export function shares(
  v: Float64Array,
  z: Float64Array,
  { max, total, dy }: { max: number; total: number; dy: number },
): void {
  const endless = Number.isFinite(max) && !Number.isFinite(dy);
  const least = Math.abs(dy) > 1 ? 2 ** -1022 : 0;
  for (let k = 0; k < z.length; k++) {
    const e = z[k] as number;
    if (v[k] === Number.NEGATIVE_INFINITY) z[k] = 0;
    else if (endless) z[k] = dy;
    else if (e < least)
      z[k] = toNumber(product(scaledExponential(v[k] as number, max, 0, 1), scaled(dy / total)));
    else z[k] = (e / total) * dy;
  }
}

const less = (a: Scaled, b: Scaled): Scaled => sumOf([a, negative(b)]);

/** p ∘ (dy − Σ p·dy)·slope, relative to the dy of the most probable entry. */
export function softmaxSlopes(
  { at, e, sunk, total }: ScaledRow,
  v: Float64Array,
  g: Float64Array,
  slope: (k: number) => Scaled,
): void {
  const origin = at < 0 ? NOTHING : scaled(g[at] as number);
  const isPossible = (k: number) => v[k] !== Number.NEGATIVE_INFINITY;
  const relative = Array.from(g, (dy, k) => (isPossible(k) ? less(scaled(dy), origin) : NOTHING));
  const terms = relative.map((d, k) => product(e[k] as Scaled, d));
  const mean = quotient(sumOf([...terms, negative(product(sunk, origin))]), total);
  for (let k = 0; k < g.length; k++) {
    const p = quotient(e[k] as Scaled, total);
    g[k] = isPossible(k) ? toNumber(product(p, less(relative[k] as Scaled, mean), slope(k))) : 0;
  }
}

/** (dy − p·Σ dy)·slope; for the most probable entry (dy·rest − Σ of the others)/Σ e. */
export function logSoftmaxSlopes(
  { at, e, rest, total }: ScaledRow,
  v: Float64Array,
  g: Float64Array,
  slope: (k: number) => Scaled,
): void {
  const dy = Array.from(g, (cotangent, k) =>
    v[k] === Number.NEGATIVE_INFINITY ? NOTHING : scaled(cotangent),
  );
  const others = sumOf(dy.filter((_, k) => k !== at));
  const all = at < 0 ? others : sumOf([others, dy[at] as Scaled]);
  for (let k = 0; k < g.length; k++) {
    const cotangent = dy[k] as Scaled;
    const d =
      k === at
        ? quotient(less(product(cotangent, rest), others), total)
        : less(cotangent, product(quotient(e[k] as Scaled, total), all));
    g[k] = v[k] === Number.NEGATIVE_INFINITY ? 0 : toNumber(product(d, slope(k)));
  }
}
