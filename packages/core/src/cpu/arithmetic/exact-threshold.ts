import { type Double, double, expOf, logOf, over, plus, times } from './double-double.ts';

/** The inputs of Newton's method: Σ p − 1, and its step. */
export interface Measured {
  readonly excess: number;
  readonly step: number;
}

/** Newton's step for v: on ‖u‖_q where s ≤ 1, on Σ p where s > 1. */
export const stepOf = (s: number, excess: number, slope: number): number =>
  s > 1 ? excess / slope : (-Math.expm1(-s * Math.log1p(excess)) * (1 + excess)) / (s * slope);

/** u^e; 0 for u = 0. */
export const powerTo = (u: Double, e: Double): Double => (u.high > 0 ? expOf(times(e, logOf(u))) : double(0));

/**
 * Computes the result of `measure` in threshold.ts in double-double; writes the probabilities to
 * `to`.
 */
export function measureExactly(
  z: Float64Array,
  s: number,
  low: number,
  v: Double,
  to?: Float64Array,
): Measured {
  const steep = s > 1;
  const q = over(double(1), double(s));
  const vs = steep ? powerTo(v, double(s)) : double(0);
  const ratio = v.high > 0 ? vs.high / v.high : 0;
  let sum = double(-1);
  let slope = 0;
  for (let k = 0; k < z.length; k++) {
    const x = z[k] as number;
    let p = double(0);
    if (x === low && steep) {
      p = v;
      slope++;
    } else if (x >= low) {
      const a = plus(double(x), double(-low));
      const u = steep ? plus(times(double(s), a), vs) : times(double(s), plus(a, v));
      p = powerTo(u, q);
      if (u.high > 0) slope += (p.high / u.high) * (steep ? ratio : 1);
    }
    sum = plus(sum, p);
    if (to) to[k] = p.high;
  }
  return { excess: sum.high, step: stepOf(s, sum.high, slope) };
}
