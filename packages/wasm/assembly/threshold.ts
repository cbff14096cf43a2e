// The threshold of α-entmax: p = u^q, u = s·(z − origin) + base where that is positive, s = α − 1, q = 1/s, Σ p = 1.

import { collect, count, keep, least, peak, valueOf } from './candidates';
import { addToSum, clearSum, sumOf } from './double-row';
import { exp64, expm1, log1p, logOf } from './double-exp';

let s: f64 = 0;
let q: f64 = 0;
/** The value that all are measured from, its p, its u, and u − 1 with all its digits near 0. */
export let origin: f64 = 0;
let share: f64 = 0;
export let base: f64 = 0;
let beyond: f64 = 0;

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
  if (q == 1 || q == 2) exactly(q == 2);
  else if (s < 1) solve(peak, 1);
  else {
    keep(smallestInside(), -Infinity);
    solve(least, 1 / <f64>count);
  }
  return true;
}

/** For s > 1 the smallest value at whose place a threshold leaves Σ p < 1: of those that are left, the middle is tried. */
function smallestInside(): f64 {
  let outside: f64 = -Infinity;
  let inside = peak;
  for (let at = least; at < inside; at = firstAbove(outside, outside + (inside - outside) / 2, inside)) {
    if (excess(at, 0) < 0) inside = at;
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
  for (let last: f64 = Infinity; ; ) {
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

/**
 * p = a + v, or for α = 1.5 ((a + v)/2)². From the smallest value Newton's steps never pass the threshold (Michelot
 * 1986; for α = 1.5 those of √Σ a² − 2, which is convex), and each one drops a value.
 */
function exactly(half: bool): void {
  for (;;) {
    measure(half);
    if (missing > 0) break;
    const step = half ? (4 - missing - 2 * Math.sqrt(4 - missing)) / sum : -missing / <f64>count;
    keep(origin + step * (1 - 3.552713678800501e-15), origin);
  }
  base = half ? (0.5 * missing) / (sum + Math.sqrt(sum * sum + <f64>count * missing)) : missing / <f64>count;
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
}
