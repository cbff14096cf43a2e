import type { CrossEntropy, FloatType } from '@softmax/core';
import { ALL, type Arithmetic, type GraphBuilder, ROWS, type Value } from '../../model/builder.ts';
import { masked } from './logits.ts';
import { gather, isAt, length, sum, zeroWhere } from './row.ts';

export interface CrossEntropyVariant extends Partial<Arithmetic> {
  readonly dtype: FloatType;
  readonly mask: boolean;
  readonly classWeights: boolean;
  readonly smoothing: boolean;
  readonly zLoss: boolean;
  readonly sum: boolean;
  readonly dy: boolean;
  /** True if the target is probabilities. */
  readonly soft: boolean;
}

export const crossEntropyVariant = (
  { dtype, smoothing, zLoss, sum }: CrossEntropy,
  given: {
    readonly mask?: unknown;
    readonly classWeights?: unknown;
    readonly dy?: unknown;
    readonly target?: unknown;
  },
): CrossEntropyVariant => ({
  dtype,
  mask: given.mask !== undefined,
  classWeights: given.classWeights !== undefined,
  smoothing: smoothing > 0,
  zLoss: zLoss > 0,
  sum,
  dy: given.dy !== undefined,
  soft: given.target !== undefined,
});

/**
 * a = w ∘ q, the weight of each class in the loss; q = (1 − α)·target + α/K over the K classes that
 * the mask allows.
 */
export interface Targets {
  readonly parameter: 'float32' | 'float64';
  /** w, and 1 − α. */
  readonly weight: Value;
  readonly kept: Value;
  /** Σ a·distance(v), where terms with a = 0 take no part, not even 0·∞. */
  readonly loss: (distance: (logit: Value) => Value) => Value;
  /** a itself, and Σ a. */
  readonly shares: () => { readonly a: Value; readonly mass: Value };
}

export function targets(
  g: GraphBuilder,
  v: Value,
  mask: Value | undefined,
  { dtype, smoothing, classWeights, soft }: CrossEntropyVariant,
): Targets {
  const wide = dtype === g.working;
  const parameter = dtype === 'float64' ? 'float64' : 'float32';
  const weight = classWeights ? g.double('classWeights', parameter, ['n']) : undefined;
  const spreading = smoothing ? smoothed(g, v, mask) : undefined;
  const weighed = (q: Value) =>
    weight === undefined ? q : g.op('Mul', q, g.node('Reshape', [weight, g.ints(1, -1, 1)]));
  const counted = (a: Value, product: Value) => zeroWhere(g, g.op('Equal', a, 0), product);

  const allOf = (q: Value): Targets => {
    const a = weighed(q);
    return {
      parameter,
      weight: weight === undefined ? 1 : weighed(1),
      kept: spreading?.kept ?? 1,
      loss: (distance) => sum(g, counted(a, g.op('Mul', a, distance(v))), wide),
      shares: () => ({ a, mass: sum(g, a, wide) }),
    };
  };
  if (soft) {
    const given = g.double('target', dtype, ALL);
    const q =
      spreading === undefined ? given : g.op('Add', g.op('Mul', spreading.kept, given), spreading.share);
    return allOf(masked(g, mask, q, 0));
  }
  const classes = g.input('classes', 'int32', ROWS);
  if (spreading === undefined) {
    const own = weight === undefined ? 1 : g.node('Gather', [weight, classes]);
    const weighted = (loss: Value) => (own === 1 ? loss : counted(own, g.op('Mul', own, loss)));
    return {
      ...allOf(1),
      loss: (distance) => weighted(distance(gather(g, v, classes))),
      shares: () => ({ a: g.op('Where', isAt(g, v, classes), own, 0), mass: own }),
    };
  }
  return allOf(g.op('Add', g.op('Where', isAt(g, v, classes), spreading.kept, 0), spreading.share));
}

/** 1 − α, and α/K for each of the K classes that the mask allows. */
function smoothed(
  g: GraphBuilder,
  v: Value,
  mask: Value | undefined,
): { readonly kept: Value; readonly share: Value } {
  const alpha = g.number('smoothing');
  const count = mask === undefined ? length(g, v) : sum(g, g.cast(mask, g.working), false);
  const spread = g.op('Div', alpha, count);
  return { kept: g.op('Sub', 1, alpha), share: masked(g, mask, spread, 0) };
}
