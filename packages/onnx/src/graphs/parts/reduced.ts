import type { FloatType } from '@softmax/core';
import { type GraphBuilder, ROWS, type Value } from '../../model/builder.ts';
import type { ValueInfo } from '../../model/graph.ts';
import { scaled, unitOf } from './magnitude.ts';
import { sum, zeroWhere } from './row.ts';

export interface ReducedVariant {
  readonly dtype: FloatType;
  readonly sum: boolean;
  readonly dy: boolean;
}

export interface Reduced {
  /** A row of weight 0 is skipped: 0·∞ is NaN. */
  readonly skipped: Value;
  /** The factor and the divisor of a row's gradient: their quotient may be beyond float64. */
  readonly scale: Value;
  readonly unit: Value | undefined;
  /** Its two factors, weight/denominator and the cotangent. */
  readonly share: Value;
  readonly dy: Value | undefined;
  /** Outputs the losses of the rows, or their sum over the denominator. */
  readonly output: (loss: Value) => void;
}

/** Losses have the layout ROWS, or one row after the other if rows are not adjacent. */
export function reduced(g: GraphBuilder, variant: ReducedVariant, dims: ValueInfo['dims'] = ROWS): Reduced {
  const { dtype } = variant;
  const parameter = dtype === 'float64' ? 'float64' : 'float32';
  const weights = g.double('weights', parameter, dims);
  const denominator = g.number('denominator');
  const skipped = g.op('Equal', weights, 0);
  const share = g.op('Div', weights, denominator);
  const dy = variant.dy ? g.double('dy', parameter, dims) : undefined;
  const unit = dy && unitOf(g, g.op('Mul', share, dy), dtype);
  return {
    skipped,
    share,
    dy,
    scale: dy === undefined ? share : g.op('Mul', share, scaled(g, dy, unit)),
    unit,
    output: (loss) => {
      const each = (by: Value) => zeroWhere(g, skipped, g.op('Mul', by, loss));
      const total = (terms: Value) => sum(g, terms, dtype === g.working, 'all');
      if (!variant.sum) g.output('loss', each(weights), dtype, dims);
      // The terms of a mean are no larger than the mean, but their sum may overflow before the
      // division.
      else if (dtype === 'float64') g.output('loss', total(each(share)), dtype);
      else g.output('loss', g.op('Div', total(each(weights)), denominator), dtype);
    },
  };
}
