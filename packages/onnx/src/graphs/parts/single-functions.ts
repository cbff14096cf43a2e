import type { GraphBuilder, Value } from '../../model/builder.ts';
import { zeroWhere } from './row.ts';

// WGSL allows exp an error of 3 + 2·|x| ulp, and log an absolute one of 2⁻²¹ around 1
// (W3C, WebGPU Shading Language, §15.7.4): these are of the four operations, a floor, and a table
// of powers of two.

/**
 * log 2 in two parts; the products of the first with integers of 15 bits are exact
 * (W. J. Cody, W. Waite, 1980).
 */
const HIGH = 355 / 512;
const LOW = Math.LN2 - HIGH;
/** The exponents of the table; that of a number and its negative. */
const MOST = 150;
/**
 * The unit of a row's exponentials, chosen so that values flushed by a GPU are far below what a sum
 * or a product shows.
 */
const SHIFT = 60;

/** The factor of a row's exponentials. */
export const unit = (g: GraphBuilder): number => (g.working === 'float32' ? 2 ** SHIFT : 1);

/** The value itself. */
export const unscaled = (g: GraphBuilder, x: Value): Value =>
  g.working === 'float32' ? g.op('Mul', x, 2 ** -SHIFT) : x;

/** e/Σ e, `unit` times. */
export const share = (g: GraphBuilder, e: Value, total: Value): Value => g.op('Div', e, unscaled(g, total));

/** p·f from a share; scaled back last, unless the product would overflow. */
export function times(g: GraphBuilder, share: Value, f: Value): Value {
  if (g.working !== 'float32') return g.op('Mul', share, f);
  const large = g.op('Greater', g.op('Abs', f), 1);
  const product = g.op('Mul', share, g.op('Where', large, unscaled(g, f), f));
  return g.op('Where', large, product, unscaled(g, product));
}

/**
 * e^x·2^shift to an ulp or so, x ≤ 0: e^r·2^k, r = x − k·log 2, by Taylor's series to r⁷. Not a
 * number stays so.
 */
export function expSingle(g: GraphBuilder, x: Value, delta?: Value, shift = 0): Value {
  const k = nearest(g, g.op('Mul', x, Math.LOG2E));
  const r = g.op('Sub', g.op('Sub', x, g.op('Mul', k, HIGH)), g.op('Mul', k, LOW));
  const above = series(g, r, [1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040]);
  const power = g.op('Add', 1, g.op('Add', r, g.op('Mul', g.op('Mul', r, r), above)));
  // Corrected before it is small: e^x·δ may be below the numbers that a GPU does not flush.
  const e = g.op('Mul', corrected(g, power, delta), powerOfTwo(g, k, shift));
  return zeroWhere(g, g.op('Less', x, -MOST * Math.LN2), e);
}

/** e + e·δ, where that is a number. */
export function corrected(g: GraphBuilder, e: Value, delta: Value | undefined): Value {
  if (delta === undefined) return e;
  const correction = g.op('Mul', e, delta);
  return g.op('Add', e, zeroWhere(g, g.op('IsNaN', correction), correction));
}

/**
 * log(1 + x) = k·log 2 + 2·artanh(f/(2 + f)) + c/u, u = fl(1 + x) = (1 + f)·2^k, c what u has lost.
 */
export function log1pSingle(g: GraphBuilder, x: Value): Value {
  const u = g.op('Add', 1, x);
  const k = nearest(g, g.op('Mul', g.op('Log', u), Math.LOG2E));
  const small = g.op('Less', g.op('Abs', x), 1);
  const lost = g.op('Where', small, g.op('Sub', x, g.op('Sub', u, 1)), g.op('Sub', 1, g.op('Sub', u, x)));
  const whole = g.op('Equal', k, 0);
  const f = g.op('Where', whole, x, g.op('Sub', g.op('Mul', u, powerOfTwo(g, g.op('Neg', k))), 1));
  const correction = zeroWhere(g, whole, g.op('Div', lost, u));
  const z = g.op('Div', f, g.op('Add', 2, f));
  const odd = series(g, g.op('Mul', z, z), [2, 2 / 3, 2 / 5, 2 / 7, 2 / 9, 2 / 11]);
  const rest = g.op('Add', g.op('Mul', z, odd), g.op('Add', correction, g.op('Mul', k, LOW)));
  // Half of a small x may be below the numbers that a GPU does not flush.
  const tiny = g.op('Less', g.op('Abs', x), 2 ** -25);
  return g.op('Where', tiny, x, g.op('Add', g.op('Mul', k, HIGH), rest));
}

/** exp(x + δ) of a row's logit minus its maximum, in units of 2^−60. */
export const expOfRow = (g: GraphBuilder, x: Value, delta?: Value): Value => expSingle(g, x, delta, SHIFT);

/** Σ c_j·x^j, by Horner's rule. */
const series = (g: GraphBuilder, x: Value, coefficients: readonly number[]): Value =>
  coefficients.reduceRight<Value>((sum, c) => (sum === 0 ? c : g.op('Add', c, g.op('Mul', x, sum))), 0);

/** An integer within the table, for any x. */
function nearest(g: GraphBuilder, x: Value): Value {
  const k = g.node('Clip', [g.op('Floor', g.op('Add', x, 0.5)), g.single(-MOST), g.single(MOST)]);
  return g.op('Where', g.op('Equal', x, x), k, 0);
}

function powerOfTwo(g: GraphBuilder, k: Value, shift = 0): Value {
  const powers = Float32Array.from({ length: 2 * MOST + 1 }, (_, j) => 2 ** (j - MOST + shift));
  const table = g.constant(`2^(k + ${shift})`, 'float32', [powers.length], powers.buffer);
  return g.node('Gather', [table, g.cast(g.op('Add', k, MOST), 'int32')]);
}
