import type { CrossEntropy, FloatType } from '@softmax/core';
import { type GraphBuilder, ROWS, type Value } from '../builder.ts';
import { gather, isAt, length, sum } from './row.ts';

export interface CrossEntropyVariant {
  readonly dtype: FloatType;
  readonly mask: boolean;
  readonly classWeights: boolean;
  readonly smoothing: boolean;
  readonly zLoss: boolean;
  readonly sum: boolean;
  readonly dy: boolean;
}

export const crossEntropyVariant = (
  { dtype, smoothing, zLoss, sum }: CrossEntropy,
  given: { readonly mask?: unknown; readonly classWeights?: unknown; readonly dy?: unknown },
): CrossEntropyVariant => ({
  dtype,
  mask: given.mask !== undefined,
  classWeights: given.classWeights !== undefined,
  smoothing: smoothing > 0,
  zLoss: zLoss > 0,
  sum,
  dy: given.dy !== undefined,
});

/** a = w ∘ q, what each class weighs in the loss; q = (1 − α)·target + α/K over the K classes that the mask allows. */
export interface Targets {
  readonly parameter: 'float32' | 'float64';
  /** Σ a·distance(v), where a = 0 has no part, not even 0·∞. */
  readonly loss: (distance: (logit: Value) => Value) => Value;
  /** a itself, and Σ a. */
  readonly shares: () => { readonly a: Value; readonly mass: Value };
}

export function targets(
  g: GraphBuilder,
  v: Value,
  mask: Value | undefined,
  { dtype, smoothing, classWeights }: CrossEntropyVariant,
): Targets {
  const wide = dtype === 'float64';
  const parameter = wide ? 'float64' : 'float32';
  const classes = g.input('classes', 'int32', ROWS);
  const weight = classWeights ? g.double('classWeights', parameter, ['n']) : undefined;
  const counted = (a: Value, product: Value) => g.op('Where', g.op('Equal', a, 0), 0, product);

  if (!smoothing) {
    const own = weight === undefined ? 1 : g.node('Gather', [weight, classes]);
    const weighted = (loss: Value) => (own === 1 ? loss : counted(own, g.op('Mul', own, loss)));
    return {
      parameter,
      loss: (distance) => weighted(distance(gather(g, v, classes))),
      shares: () => ({ a: g.op('Where', isAt(g, v, classes), own, 0), mass: own }),
    };
  }
  const alpha = g.input('smoothing', 'float64');
  const count = mask === undefined ? length(g, v) : sum(g, g.cast(mask, 'float64'), false);
  const spread = g.op('Div', alpha, count);
  const given = g.op('Where', isAt(g, v, classes), g.op('Sub', 1, alpha), 0);
  const q = g.op('Add', given, mask === undefined ? spread : g.op('Where', mask, spread, 0));
  const a = weight === undefined ? q : g.op('Mul', q, g.node('Reshape', [weight, g.ints(1, -1, 1)]));
  return {
    parameter,
    loss: (distance) => sum(g, counted(a, g.op('Mul', a, distance(v))), wide),
    shares: () => ({ a, mass: sum(g, a, wide) }),
  };
}
