import type { FloatType } from '@softmax/core';
import { type GraphBuilder, ROWS, type Value } from '../builder.ts';
import type { ValueInfo } from '../graph.ts';
import { sum } from './row.ts';

export interface ReducedVariant {
  readonly dtype: FloatType;
  readonly sum: boolean;
  readonly dy: boolean;
}

export interface Reduced {
  /** A row of weight 0 is skipped: 0·∞ is NaN. */
  readonly skipped: Value;
  /** What a row's gradient is multiplied by. */
  readonly scale: Value;
  /** Gives out the losses of the rows, or their sum over the denominator. */
  readonly output: (loss: Value) => void;
}

/** Losses are laid out as ROWS, or where rows have no neighbours as one row after the other. */
export function reduced(g: GraphBuilder, variant: ReducedVariant, dims: ValueInfo['dims'] = ROWS): Reduced {
  const { dtype } = variant;
  const parameter = dtype === 'float64' ? 'float64' : 'float32';
  const weights = g.double('weights', parameter, dims);
  const denominator = g.number('denominator');
  const skipped = g.op('Equal', weights, 0);
  const by = variant.dy ? g.op('Mul', weights, g.double('dy', parameter, dims)) : weights;
  return {
    skipped,
    scale: g.op('Div', by, denominator),
    output: (loss) => {
      const each = g.op('Where', skipped, 0, g.op('Mul', weights, loss));
      if (variant.sum)
        g.output('loss', g.op('Div', sum(g, each, dtype === g.working, 'all'), denominator), dtype);
      else g.output('loss', each, dtype, dims);
    },
  };
}
