import type { GraphBuilder, Value } from '../builder.ts';

export const turned = (g: GraphBuilder, x: Value): Value => g.node('Transpose', [x], { perm: [1, 0] });

/** h·wᵀ + b: a row of logits for each row of h. */
export function linear(g: GraphBuilder, h: Value, weight: Value, bias?: Value): Value {
  const z = g.node('MatMul', [h, turned(g, weight)]);
  return bias === undefined ? z : g.op('Add', z, bias);
}

export interface Gradients {
  readonly dh: Value;
  readonly dweight: Value;
  readonly dbias: Value;
}

/**
 * Carries dz, laid out as the logits, back. What is impossible takes no part, whatever its weights and features are: where
 * one of these is not finite, dz is NaN or 0 itself, so that they stand as 0.
 */
export function backward(g: GraphBuilder, dz: Value, weight: Value, h: Value): Gradients {
  return {
    dh: g.node('MatMul', [dz, finite(g, weight)]),
    dweight: g.node('MatMul', [turned(g, dz), finite(g, h)]),
    dbias: g.node('ReduceSum', [dz, g.ints(0)], { keepdims: 0 }),
  };
}

export const finite = (g: GraphBuilder, x: Value): Value =>
  g.op('Where', g.op('Less', g.op('Abs', x), Number.POSITIVE_INFINITY), x, 0);

/** x with terms added at places along axis 0. */
export const addedAt = (g: GraphBuilder, x: Value, at: Value, terms: Value): Value =>
  g.node('ScatterND', [x, g.node('Unsqueeze', [g.cast(at, 'int64'), g.ints(1)]), terms], {
    reduction: 'add',
  });
