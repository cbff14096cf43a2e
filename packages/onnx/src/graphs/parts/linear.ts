import type { GraphBuilder, Value } from '../../model/builder.ts';
import { inLeast, type Units, unscaledBy } from './magnitude.ts';
import { finite, rowsOf, sum, twice } from './row.ts';

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
 * Carries dz, laid out like the logits, back. Impossible rows take no part for any weights and
 * features: if one of these is not finite, dz is NaN or 0, so they count as 0.
 *
 * @param units the units of the rows of dz, and of the resulting dh
 */
export function backward(
  g: GraphBuilder,
  dz: Value,
  weight: Value,
  h: Value,
  wide: boolean,
  units?: Units,
): Gradients {
  const all = inLeast(g, dz, units);
  return {
    dh: g.node('MatMul', [dz, finite(g, weight)]),
    dweight: unscaledBy(g, g.node('MatMul', [turned(g, all), finite(g, h)]), units?.least),
    dbias: unscaledBy(g, g.node('Squeeze', [sum(g, all, wide, 'column'), g.ints(0)]), units?.least),
  };
}

/** The terms of each place along axis 0 of what is laid out as `like`. */
export function totalsAt(g: GraphBuilder, like: Value, at: Value, terms: Value, wide: boolean): Value {
  const zeros = rowsOf(g, 0, like);
  const plain = (some: Value) => addedAt(g, zeros, at, some);
  if (!wide) return plain(terms);
  return twice(g, terms, g.node('ReduceMax', [g.op('Abs', terms)], { keepdims: 0 }), plain);
}

/** A column for what runs along axis 0. */
export const column = (g: GraphBuilder, x: Value): Value => g.node('Unsqueeze', [x, g.ints(1)]);

/** x with terms added at places along axis 0. */
export const addedAt = (g: GraphBuilder, x: Value, at: Value, terms: Value): Value =>
  g.node('ScatterND', [x, column(g, g.cast(at, 'int64')), terms], {
    reduction: 'add',
  });
