import type { GraphBuilder, Value } from '../builder.ts';

// WGSL allows exp an error of 3 + 2·|x| ulp, and log an absolute one of 2⁻²¹ around 1 (W3C, WebGPU Shading Language, §15.7.4):
// these are of the four operations, a floor, and a table of powers of two.

/** log 2 in two parts; the products of the first with whole numbers of 15 bits are exact (W. J. Cody, W. Waite, 1980). */
const HIGH = 355 / 512;
const LOW = Math.LN2 - HIGH;
/** The exponents of the table; that of a number and its negative. */
const MOST = 150;

/** e^x to an ulp or so, x ≤ 88: e^r·2^k, r = x − k·log 2, by Taylor's series to r⁷. Not a number stays so. */
export function expSingle(g: GraphBuilder, x: Value, delta?: Value): Value {
  const k = nearest(g, g.op('Mul', x, Math.LOG2E));
  const r = g.op('Sub', g.op('Sub', x, g.op('Mul', k, HIGH)), g.op('Mul', k, LOW));
  const above = series(g, r, [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040]);
  const power = g.op('Add', 1, g.op('Add', r, g.op('Mul', g.op('Mul', r, r), above)));
  // Corrected before it is small: e^x·δ may be below what a GPU keeps.
  const e = g.op('Mul', corrected(g, power, delta), powerOfTwo(g, k));
  return g.op('Where', g.op('Less', x, -MOST * Math.LN2), 0, e);
}

/** e + e·δ, where that is a number. */
export function corrected(g: GraphBuilder, e: Value, delta: Value | undefined): Value {
  if (delta === undefined) return e;
  const correction = g.op('Mul', e, delta);
  return g.op('Add', e, g.op('Where', g.op('IsNaN', correction), 0, correction));
}

/** log(1 + x) = k·log 2 + 2·artanh(f/(2 + f)) + c/u, u = fl(1 + x) = (1 + f)·2^k, c what u has lost. */
export function log1pSingle(g: GraphBuilder, x: Value): Value {
  const u = g.op('Add', 1, x);
  const k = nearest(g, g.op('Mul', g.op('Log', u), Math.LOG2E));
  const small = g.op('Less', g.op('Abs', x), 1);
  const lost = g.op('Where', small, g.op('Sub', x, g.op('Sub', u, 1)), g.op('Sub', 1, g.op('Sub', u, x)));
  const whole = g.op('Equal', k, 0);
  const f = g.op('Where', whole, x, g.op('Sub', g.op('Mul', u, powerOfTwo(g, g.op('Neg', k))), 1));
  const correction = g.op('Where', whole, 0, g.op('Div', lost, u));
  const z = g.op('Div', f, g.op('Add', 2, f));
  const odd = series(g, g.op('Mul', z, z), [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11]);
  const rest = g.op('Add', g.op('Mul', z, odd), g.op('Add', correction, g.op('Mul', k, LOW)));
  return g.op('Add', g.op('Mul', k, HIGH), rest);
}

/** Σ c_j·x^j, by Horner's rule. */
const series = (g: GraphBuilder, x: Value, coefficients: readonly number[]): Value =>
  coefficients.reduceRight<Value>((sum, c) => (sum === 0 ? c : g.op('Add', c, g.op('Mul', x, sum))), 0);

/** A whole number within the table, whatever x is. */
function nearest(g: GraphBuilder, x: Value): Value {
  const k = g.node('Clip', [g.op('Floor', g.op('Add', x, 0.5)), g.single(-MOST), g.single(MOST)]);
  return g.op('Where', g.op('IsNaN', x), 0, k);
}

function powerOfTwo(g: GraphBuilder, k: Value): Value {
  const powers = Float32Array.from({ length: 2 * MOST + 1 }, (_, j) => 2 ** (j - MOST));
  const table = g.constant('2^k', 'float32', [powers.length], powers.buffer);
  return g.node('Gather', [table, g.cast(g.op('Add', k, MOST), 'int32')]);
}
