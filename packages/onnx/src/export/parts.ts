import type { GraphBuilder, Value } from '../model/builder.ts';

/** The tail that each class lies in, −1 for the head, and its place there. */
export function parts(
  g: GraphBuilder,
  cutoffs: readonly number[],
  classes: Value,
): { readonly parts: Value; readonly classes: Value } {
  const beyond = g.op(
    'Less',
    g.ints(...cutoffs.map((first) => first - 1)),
    g.node('Unsqueeze', [classes, g.ints(1)]),
  );
  const count = g.node('ReduceSum', [g.cast(beyond, 'int64'), g.ints(1)], { keepdims: 0 });
  return {
    parts: g.op('Sub', count, g.int(1)),
    classes: g.op('Sub', classes, g.node('Gather', [g.ints(0, ...cutoffs), count])),
  };
}
