import type { FloatType } from '@softmax/core';
import type { GraphBuilder, Value } from '../../model/builder.ts';
import { expm1, log1p } from './arithmetic.ts';
import { anywhere, sum, zeroWhere } from './row.ts';

/** A logarithm of a sum as max + log1p(rest), and the number c that the sum is divided by. */
export interface LogOfSum {
  readonly v: Value;
  readonly max: Value;
  readonly rest: Value;
  readonly y: Value;
  readonly count: Value;
}

/** A logarithm, and the rows that float64 cannot decide. */
export interface Decided {
  readonly y: Value;
  readonly doubts?: Value | undefined;
}

/** Below this e^v is 1 + expm1 v, whose ones are summed apart. */
export const SMALL = 0.4;
/** Below this share of its terms a result shows the errors of their float64 in its own type. */
export const CANCELLED: { readonly [D in FloatType]: number } = {
  float16: 2 ** -26,
  float32: 2 ** -26,
  float64: 2 ** -4,
};

/**
 * log(Σ e^v/c) again as log1p((Σ e^v − c)/c), in rows where its terms cancel. In float64, which S2 lets cancel the maximum,
 * those are rows whose maximum is near 0, too.
 */
export function decided(g: GraphBuilder, { v, max, rest, y, count }: LogOfSum, dtype: FloatType): Decided {
  if (g.working === 'float32') return { y };
  const [size, top, share] = [g.op('Abs', y), g.op('Abs', max), g.op('Min', rest, 1)];
  const isClose =
    dtype === 'float64'
      ? g.op('Less', g.op('Max', size, top), g.op('Mul', share, 0.5))
      : g.op('Less', size, g.op('Mul', g.op('Max', top, share), CANCELLED[dtype]));
  const body = () => {
    const isSmall = g.op('Less', g.op('Abs', v), SMALL);
    const small = zeroWhere(g, g.op('Not', isSmall), v);
    const terms = g.node('Concat', [small, g.op('Where', isSmall, curvature(g, small), g.op('Exp', v))], {
      axis: 1,
    });
    const ones = sum(g, g.cast(isSmall, g.working), false);
    const less = g.op('Add', sum(g, terms, true), g.op('Sub', ones, count));
    const near = log1p(g, g.op('Div', less, count));
    const spread = g.op('Div', sum(g, g.op('Abs', terms), false), count);
    const isDoubtful = g.op('Less', g.op('Abs', near), g.op('Mul', spread, CANCELLED[dtype]));
    const state = [g.op('Where', isClose, near, y), g.op('And', isClose, isDoubtful)];
    return { state, again: g.bool(false) };
  };
  const none = g.op('Less', size, 0);
  const [decided = '', doubts] = g.loop([y, none], body, { times: g.int(1), first: anywhere(g, isClose) });
  return { y: decided, doubts };
}

/** Marks a call of which a row is in doubt, where its variant asks for that. */
export const outputDoubts = (g: GraphBuilder, doubts: Value): void =>
  g.output('doubts', anywhere(g, doubts), 'bool');

/** 1/n!, n = 2 … 8. */
const SERIES = [2, 6, 24, 120, 720, 5040, 40320].map((f) => 1 / f);

/** e^x − 1 − x of small x: the terms x of values around 0 cancel, and this is what is left. */
function curvature(g: GraphBuilder, x: Value): Value {
  const series = SERIES.reduceRight<Value>(
    (sum, c) => (sum === 0 ? c : g.op('Add', c, g.op('Mul', x, sum))),
    0,
  );
  const near = g.op('Mul', g.op('Mul', x, x), series);
  // The series lacks x⁹/9!, which at 2⁻⁶ is 2⁻⁵⁹ of the whole.
  return g.op('Where', g.op('Less', g.op('Abs', x), 2 ** -6), near, g.op('Sub', expm1(g, x), x));
}
