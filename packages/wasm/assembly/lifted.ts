// The slow path of gradients in float64: rows with products that float64 has, of factors that it has not.

import { addToSum, clearSum, NOWHERE, rest, sumOf, top, topAt } from './double-row';
import { exponent, joined, NONE, scaledExp, scaledSlopeOfCap, setExponent, split } from './scaled';

/** The exponent of the last sum, which its first walk finds: terms are added relative to the largest. */
let largest: i32 = NONE;

/** A walk over a row that adds terms m·2^e: the first one finds the largest exponent, the second one sums. */
@inline function term(m: f64, e: i32, again: bool): void {
  if (m == 0) return;
  if (again) addToSum(joined(m, e - largest));
  else largest = max(largest, e);
}

/** a − b. */
function difference(a: f64, b: f64): f64 {
  if (Math.abs(a) < 1 && Math.abs(b) < 1) return split(a - b);
  // Halves of halves do not overflow; what they lose is far below the larger.
  const m = split(a * 0.25 - b * 0.25);
  if (m != 0) setExponent(exponent + 2);
  return m;
}

/** a·2^i − b·2^j. */
function less(a: f64, i: i32, b: f64, j: i32): f64 {
  const e = max(a == 0 ? NONE : i, b == 0 ? NONE : j);
  setExponent(e);
  return joined(a, i - e) - joined(b, j - e);
}

/** Σ of e·(dy − origin), less that of the sink, whose dy is 0. */
function sumOfProducts(v: usize, dy: usize, n: usize, t: f64, sink: f64, origin: f64): f64 {
  largest = NONE;
  clearSum();
  for (let walk = 0; walk < 2; walk++) {
    for (let i: usize = 0; i < n << 3; i += 8) {
      if (load<f64>(v + i) == -Infinity) continue;
      const d = difference(load<f64>(dy + i), origin);
      const own = exponent;
      const e = scaledExp(load<f64>(v + i), top, t);
      term(d * e, own + exponent, walk == 1);
    }
    const d = split(-origin);
    const own = exponent;
    const e = scaledExp(sink, top, t);
    term(d * e, own + exponent, walk == 1);
  }
  return sumOf();
}

/** Σ dy but for the likeliest. */
function sumOfOthers(v: usize, dy: usize, n: usize): f64 {
  largest = NONE;
  clearSum();
  for (let walk = 0; walk < 2; walk++)
    for (let k: usize = 0; k < n; k++) {
      if (k == topAt || load<f64>(v + (k << 3)) == -Infinity) continue;
      const d = split(load<f64>(dy + (k << 3)));
      term(d, exponent, walk == 1);
    }
  return sumOf();
}

/** Σ e but for the likeliest, the sink's among them. */
function sumOfRest(v: usize, n: usize, t: f64, sink: f64): f64 {
  largest = NONE;
  clearSum();
  for (let walk = 0; walk < 2; walk++) {
    for (let k: usize = 0; k < n; k++) {
      if (k == topAt) continue;
      const e = scaledExp(load<f64>(v + (k << 3)), top, t);
      term(e, exponent, walk == 1);
    }
    const e = scaledExp(sink, top, t);
    term(e, exponent, walk == 1);
  }
  return sumOf();
}

/** The gradients of probabilities, or where `log` of their logarithms, in place of the logits v of a row. */
export function liftedSlopes(
  x: usize, v: usize, dy: usize, n: usize, t: f64, sink: f64, negate: bool, cap: f64, log: bool,
): void {
  const total = 1 + rest;
  const own = topAt == NOWHERE ? 0 : load<f64>(dy + (topAt << 3));
  const origin = log ? 0 : own;
  const sum = log ? sumOfOthers(v, dy, n) : sumOfProducts(v, dy, n, t, sink, origin) / total;
  const sumExponent = largest;
  // All of dy, the likeliest's among it, which `rest` stands for without it.
  const first = log ? split(own) : 0;
  const all = log ? less(first, exponent, -sum, sumExponent) : 0;
  const allExponent = exponent;
  const remains = log ? sumOfRest(v, n, t, sink) : 0;
  const remainsExponent = largest;
  const divisor = split(t);
  const divisorExponent = exponent;
  for (let k: usize = 0; k < n; k++) {
    const i = k << 3;
    const logit = load<f64>(v + i);
    if (logit == -Infinity) {
      store<f64>(v + i, 0);
      continue;
    }
    const d = difference(load<f64>(dy + i), origin);
    const dExponent = exponent;
    const e = scaledExp(logit, top, t);
    const eExponent = exponent;
    let g: f64;
    if (!log) {
      g = e * less(d, dExponent, sum, sumExponent) / total;
      setExponent(exponent + eExponent);
    } else if (k == topAt) g = less(d * remains, dExponent + remainsExponent, sum, sumExponent) / total;
    else g = less(d, dExponent, (e / total) * all, eExponent + allExponent);
    let power = exponent - divisorExponent;
    if (cap > 0) {
      g *= scaledSlopeOfCap(load<f64>(x + i), cap);
      power += exponent;
    }
    g /= negate ? -divisor : divisor;
    store<f64>(v + i, joined(g, power));
  }
}
