import type { Double } from './double-double.ts';
import {
  add,
  divide,
  doubleOf,
  exp,
  exponentOf,
  log,
  multiply,
  ONE,
  power,
  subtract,
  trim,
  type Wide,
  wide,
  ZERO,
} from './wide.ts';

/**
 * The initial bits, and the bits that decide: a difference of float64 numbers is a multiple of
 * 2^−1074.
 */
const [FIRST, LAST] = [192, 1344];
/** The minimum number of bits of the smallest probability. */
const ENOUGH = 72;

interface Measured {
  readonly p: readonly Wide[];
  readonly excess: Wide;
  readonly slope: Wide;
}

/**
 * Σ p − 1 and its derivative, u = s·(x − low) + u_low. The unknown t is u_low where s ≤ 1, and
 * p_low where s > 1: Σ p is convex in it.
 */
function measure(z: Float64Array, alpha: number, low: number, t: Wide, bits: number): Measured {
  const s = subtract(wide(alpha), ONE);
  const steep = alpha > 2;
  const base = steep ? power(t, s, bits) : t;
  const p: Wide[] = [];
  let excess: Wide = { m: -1n, e: 0 };
  let slope = ZERO;
  for (const x of z) {
    if (x < low) continue;
    const u = trim(add(multiply(s, subtract(wide(x), wide(low))), base), bits);
    const share = steep && x === low ? t : raised(u, alpha, s, bits);
    p.push(share);
    excess = trim(add(excess, share), 2 * LAST);
    if (u.m > 0n && t.m > 0n) slope = trim(add(slope, divide(share, u, 64)), 64);
  }
  // d Σ p/du = Σ p/(s·u), du/dt = 1 or s·u_low/t.
  slope = steep && t.m > 0n ? divide(multiply(slope, base), t, 64) : divide(slope, s, 64);
  return { p, excess, slope };
}

/** u^{1/s}. */
function raised(u: Wide, alpha: number, s: Wide, bits: number): Wide {
  if (u.m <= 0n) return ZERO;
  if (alpha === 2) return u;
  if (alpha === 1.5) return trim(multiply(u, u), bits);
  return exp(divide(log(u, bits + 64), s, bits + 64), bits);
}

/** Returns true if Σ p < 1 with the threshold at `low`. */
export function isInside(z: Float64Array, alpha: number, low: number): boolean {
  for (const bits of [FIRST, LAST]) {
    const { excess } = measure(z, alpha, low, ZERO, bits);
    if (excess.m !== 0n && exponentOf(excess) > 40 - bits) return excess.m < 0n;
  }
  return false;
}

/**
 * Replaces z by α-entmax with `low` as the smallest value of the support, and returns the distance
 * of the threshold below it. Newton's iteration starts at v, close to the root, and adds bits until
 * the smallest p has ENOUGH of them.
 */
export function solveWidely(z: Float64Array, alpha: number, low: number, v: number): Double {
  const s = subtract(wide(alpha), ONE);
  let t = alpha > 2 ? wide(v) : multiply(s, wide(v));
  if (t.m === 0n) t = { m: 1n, e: FIRST - LAST };
  let bits = FIRST;
  for (let steps = 0; steps < 500; steps++) {
    const { excess, slope } = measure(z, alpha, low, t, bits);
    const step = divide(excess, slope, 128);
    const next = trim(subtract(t, step), LAST);
    // A step from below may pass 0 if it starts too far away.
    const settled = step.m === 0n || exponentOf(step) < exponentOf(t) - ENOUGH;
    t = next.m > 0n ? next : { m: t.m, e: t.e - 64 };
    const spare = exponentOf(t) + bits;
    if (spare < ENOUGH + 40 && bits < LAST) bits = Math.min(2 * bits, LAST);
    else if (settled) break;
  }
  const { p } = measure(z, alpha, low, t, bits);
  let at = 0;
  for (let k = 0; k < z.length; k++) z[k] = (z[k] as number) < low ? 0 : doubleOf(p[at++] as Wide).high;
  return doubleOf(divide(alpha > 2 ? power(t, s, FIRST) : t, s, FIRST));
}
