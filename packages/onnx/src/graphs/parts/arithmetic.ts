import type { GraphBuilder, Value } from '../../model/builder.ts';
import { corrected, expOfRow, expSingle, log1pSingle } from './single-functions.ts';

/**
 * log(1 + x), which ONNX lacks: log(u)·x/(u − 1), u = fl(1 + x)
 * (D. Goldberg, ACM Computing Surveys 23, 1991, theorem 4).
 */
export function log1p(g: GraphBuilder, x: Value): Value {
  if (g.working === 'float32') return log1pSingle(g, x);
  const u = g.op('Add', 1, x);
  const scaled = g.op('Div', g.op('Mul', g.op('Log', u), x), g.op('Sub', u, 1));
  return g.op('Where', g.op('Equal', u, 1), x, scaled);
}

/** e^(x + δ) = e^x + e^x·δ; δ is NaN after a subtraction of infinities, and then not used. */
export function exp(g: GraphBuilder, x: Value, delta?: Value): Value {
  if (g.working === 'float32') return expSingle(g, x, delta);
  return corrected(g, g.op('Exp', x), delta);
}

/** The exponential of a row's logit minus its maximum, `unit` times. */
export const scaledExp = (g: GraphBuilder, x: Value, delta?: Value): Value =>
  g.working === 'float32' ? expOfRow(g, x, delta) : exp(g, x, delta);

/**
 * e^x − 1, which ONNX lacks: (u − 1)·x/log(u), u = fl(e^x) (W. Kahan; N. J. Higham, 2002, §1.14.1).
 */
export function expm1(g: GraphBuilder, x: Value): Value {
  const u = g.op('Exp', x);
  const less = g.op('Sub', u, 1);
  const scaled = g.op('Div', g.op('Mul', less, x), g.op('Log', u));
  const inside = g.op('Where', g.op('Equal', less, -1), less, scaled);
  return g.op('Where', g.op('Equal', u, 1), x, inside);
}

/** The rounding error of s = a − b (Knuth's TwoSum). */
export function differenceError(g: GraphBuilder, a: Value, b: Value, s: Value): Value {
  const back = g.op('Sub', s, a);
  return g.op('Sub', g.op('Sub', a, g.op('Sub', s, back)), g.op('Add', b, back));
}

/**
 * s − q·t without error, unless a step over- or underflows (Veltkamp's split, Dekker's product).
 */
export function remainder(g: GraphBuilder, s: Value, q: Value, t: Value): Value {
  const [qh, ql] = halves(g, q);
  const [th, tl] = halves(g, t);
  const product = g.op('Mul', q, t);
  const first = g.op('Sub', g.op('Mul', qh, th), product);
  const crossed = g.op('Add', g.op('Add', first, g.op('Mul', qh, tl)), g.op('Mul', ql, th));
  const error = g.op('Add', crossed, g.op('Mul', ql, tl));
  return g.op('Sub', g.op('Sub', s, product), error);
}

function halves(g: GraphBuilder, a: Value): readonly [high: Value, low: Value] {
  const c = g.op('Mul', g.working === 'float64' ? 2 ** 27 + 1 : 2 ** 12 + 1, a);
  const high = g.op('Sub', c, g.op('Sub', c, a));
  return [high, g.op('Sub', a, high)];
}
