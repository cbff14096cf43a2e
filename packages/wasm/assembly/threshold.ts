// The threshold of α-entmax: p = u^q, u = s·(z − origin) + base where that is positive, s = α − 1, q = 1/s, Σ p = 1.

import { collect, count, keep, least, peak, valueOf } from './candidates';
import { addToSum, clearSum, sumOf } from './double-row';
import { exp64, expm1, log1p, logOf } from './double-exp';

/** Weights of the gradient are cut off here. */
const MOST: f64 = 1e300;

let s: f64 = 0;
let q: f64 = 0;
/** The value that all are measured from, its p, its u, and u − 1 with all its digits near 0. */
export let origin: f64 = 0;
let share: f64 = 0;
export let base: f64 = 0;
let beyond: f64 = 0;

/** Whether the smallest p, and who has one at all, is certain: a relative error of p is that of Σ p over its u. */
export let certain: bool = true;
/** What may be wrong with Σ p: powers are right to some ulp, and products carry their errors. */
const ERROR: f64 = 8.881784197001252e-16;
const CARRIED: f64 = 7.888609052210118e-31;
/** An exact sum may be 0; others as near to it may be anything. */
const NEAR: f64 = 9.094947017729282e-13;

/** u of a candidate. */
@inline export function baseOf(z: f64): f64 {
  return s * (z - origin) + base;
}

/** p of a candidate with this u. */
@inline export function shareOf(z: f64, u: f64): f64 {
  return q == 1 ? u : q == 2 ? u * u : power(z, u);
}

function power(z: f64, u: f64): f64 {
  if (z == origin) return share;
  return u > 0 ? exp64(q * logOf(u, s * (z - origin) + beyond)) : 0;
}

/** Finds the candidates of a row and their threshold; false where the maximum is no finite number. */
export function findThreshold(x: usize, mask: usize, n: usize, wide: bool, alpha: f64, room: usize): bool {
  s = alpha - 1;
  q = 1 / s;
  // Wider than 1/s by more than its rounding: who is too far is found out.
  if (!collect(x, mask, n, wide, q * (1 + 8 * f64.EPSILON), room)) return false;
  certain = true;
  // What p may be off by: 2^-51 of float64, 2^-31 of what is rounded to float32.
  const tolerance: f64 = wide ? 4.440892098500626e-16 : 4.656612873077393e-10;
  if (q == 1 || q == 2) {
    exactly(q == 2);
    if (base * tolerance < CARRIED * <f64>count) certain = false;
  } else if (s < 1) {
    solve(peak, 1);
    for (let c: usize = 0; c < count; c++) if (Math.abs(baseOf(valueOf(c))) * tolerance < ERROR) certain = false;
  } else {
    keep(smallestInside(), -Infinity);
    solve(least, 1 / <f64>count);
    if (share * tolerance < ERROR) certain = false;
  }
  return true;
}

/** For s > 1 the smallest value at whose place a threshold leaves Σ p < 1: of those that are left, the middle is tried. */
function smallestInside(): f64 {
  let outside: f64 = -Infinity;
  let inside = peak;
  for (let at = least; at < inside; at = firstAbove(outside, outside + (inside - outside) / 2, inside)) {
    const more = excess(at, 0);
    if (Math.abs(more) < NEAR) certain = false;
    if (more < 0) inside = at;
    else outside = at;
  }
  return inside;
}

/** The smallest candidate above the middle, or else above `outside`, of those below `inside`. */
function firstAbove(outside: f64, middle: f64, inside: f64): f64 {
  let first = inside;
  let other = inside;
  for (let c: usize = 0; c < count; c++) {
    const v = valueOf(c);
    if (v > middle) first = min(first, v);
    if (v > outside) other = min(other, v);
  }
  return first < inside ? first : other;
}

/** d Σ p/dv. */
let slope: f64 = 0;

/** Σ p − 1 where the p of `value` is v. */
function excess(value: f64, v: f64): f64 {
  const log = s * logOf(v, v - 1);
  origin = value;
  share = v;
  base = exp64(log);
  beyond = expm1(log);
  const ratio = v > 0 ? base / v : 0;
  slope = 0;
  clearSum();
  addToSum(-1);
  for (let c: usize = 0; c < count; c++) {
    const z = valueOf(c);
    const u = baseOf(z);
    const p = power(z, u);
    addToSum(p);
    slope += z == value ? 1 : p > 0 ? (p / u) * ratio : 0;
  }
  return sumOf();
}

/**
 * Newton's iteration for v, the p of `value`, which moves no other p by more than v moves. Where s > 1 and that is the
 * smallest of the support, Σ p is convex in v; where s < 1 and it is the largest, ‖u‖_q = (Σ p)^s is in v^s. So from
 * above no step passes the root.
 */
function solve(value: f64, v: f64): void {
  let last: f64 = Infinity;
  for (let turn = 0; turn < 100; turn++) {
    const more = excess(value, v);
    if (!(Math.abs(more) < last)) return;
    last = Math.abs(more);
    if (s > 1) v = max<f64>(v - more / slope, 0);
    else v *= exp64(q * log1p((expm1(-s * log1p(more)) * (1 + more)) / (slope * v)));
  }
}

/** Σ a, and what is missing: 1 − Σ a, or for α = 1.5 4 − Σ a², a = z − low. Both with their rounding errors. */
let sum: f64 = 0;
let missing: f64 = 0;
let inexact: bool = false;

/**
 * p = a + v, or for α = 1.5 ((a + v)/2)². From the smallest value Newton's steps never pass the threshold (Michelot
 * 1986; for α = 1.5 those of √Σ a² − 2, which is convex), and each one drops a value.
 */
function exactly(half: bool): void {
  for (;;) {
    measure(half);
    if (missing > 0) break;
    if (missing > -NEAR && (missing != 0 || inexact)) certain = false;
    const step = half ? (4 - missing - 2 * Math.sqrt(4 - missing)) / sum : -missing / <f64>count;
    keep(origin + step * (1 - 3.552713678800501e-15), origin);
  }
  base = half ? (0.5 * missing) / (sum + Math.sqrt(sum * sum + <f64>count * missing)) : missing / <f64>count;
  beyond = base - 1;
}

/** TwoSum and TwoProduct (Knuth; Dekker 1971): where `missing` is small, so is the smallest probability. */
function measure(half: bool): void {
  origin = least;
  let r: f64 = 0;
  let m: f64 = half ? 4 : 1;
  let lost: f64 = 0;
  for (let c: usize = 0; c < count; c++) {
    const v = valueOf(c);
    const a = v - origin;
    const part = a - v;
    const e = v - (a - part) - (origin + part);
    r += a;
    const t = half ? a * a : a;
    if (half) {
      const split = a * 134217729;
      const h = split - (split - a);
      const l = a - h;
      lost -= h * h - t + 2 * h * l + l * l + 2 * a * e;
    } else lost -= e;
    const next = m - t;
    const back = next - m;
    lost += m - (next - back) - (t + back);
    m = next;
  }
  sum = r;
  missing = m + lost;
  inexact = lost != 0;
}

/** (u − 1)/s of any value, with all its digits near 0. */
export function logarithmOf(z: f64): f64 {
  return (s * (z - origin) + beyond) / s;
}

/** p^{2 − α} = p/u; where p is below the normal numbers and u is not, u^{q − 1}. */
export function weightOf(z: f64, u: f64, p: f64): f64 {
  if (p >= 2.2250738585072014e-308) return min(p / u, MOST);
  if (!(u > 0)) return p > 0 ? MOST : 0;
  if (q == 1) return 1;
  return q == 2 ? u : min(exp64((q - 1) * logOf(u, s * (z - origin) + beyond)), MOST);
}
