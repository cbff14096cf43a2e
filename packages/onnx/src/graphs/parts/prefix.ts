import type { GraphBuilder, Value } from '../../model/builder.ts';

/**
 * The values carried for each position of a row, and their neutral values for positions without a
 * neighbour.
 */
export interface State {
  readonly value: Value;
  readonly none: number;
}

/**
 * The state of all positions up to (`before`) or from (`after`) each, by doubling: each is merged
 * with its neighbour at the distances 1, 2, 4, …
 * (W. D. Hillis, G. L. Steele, "Data parallel algorithms", 1986). Rows run along axis 1 of three,
 * or axis 0 of two. No neighbour is further away than `reach`, by default the row length.
 */
export function runs(
  g: GraphBuilder,
  side: 'before' | 'after',
  initial: readonly State[],
  merge: (own: readonly Value[], neighbour: readonly Value[]) => readonly Value[],
  { axis = 1, reach }: { readonly axis?: 0 | 1; readonly reach?: Value } = {},
): readonly Value[] {
  const values = initial.map(({ value }) => value);
  const n = reach ?? g.node('Shape', [values[0] as Value], { start: axis, end: axis + 1 });
  const zero = g.ints(0);
  const less = (distance: Value) => g.node('Squeeze', [g.op('Less', distance, n)]);
  const body = (state: readonly Value[]) => {
    const distance = state.at(-1) as Value;
    const back = g.op('Neg', distance);
    const [low, high] = side === 'before' ? [distance, back] : [back, distance];
    const pads = axis === 0 ? [low, zero, high, zero] : [zero, low, zero, zero, high, zero];
    const amounts = g.node('Concat', pads, { axis: 0 });
    const own = state.slice(0, -1);
    const neighbour = own.map((value, k) => g.node('Pad', [value, amounts, (initial[k] as State).none]));
    const twice = g.op('Add', distance, distance);
    return { state: [...merge(own, neighbour), twice], again: less(twice) };
  };
  const end = g.loop([...values, g.ints(1)], body, { first: less(g.ints(1)) });
  return end.slice(0, values.length);
}
