import type { GraphBuilder, Value } from '../../model/builder.ts';
import { log1p } from './arithmetic.ts';
import { power } from './exponentials.ts';
import { runs } from './prefix.ts';
import { zeroWhere } from './row.ts';

/**
 * Runs of neighbours along axis 0 that are normalised together, for example the children of a node.
 */
export interface Siblings {
  /** float64 `[n, 1]`, a number for each run. */
  readonly id: Value;
  /** `[n]` the index at which the run begins. */
  readonly start: Value;
  /** int64 `[1]`, the length of the longest. */
  readonly longest: Value;
}

/** The softmax of each run, and the values that prevent cancellation in its gradient. */
export interface Choice {
  readonly q: Value;
  readonly log: Value;
  /** True for the most probable entry of its run, the first of several. */
  readonly top: Value;
  /** Σ e without the most probable entry, whose e is 1; NaN if the run has no distribution. */
  readonly rest: Value;
  readonly total: Value;
}

const at = (g: GraphBuilder, x: Value, index: Value): Value => g.node('Gather', [x, index]);

/** `merge` over the whole run, at each of its positions. */
function over(
  g: GraphBuilder,
  { id, start, longest }: Siblings,
  x: Value,
  none: number,
  merge: (a: Value, b: Value) => Value,
): Value {
  const [, all = ''] = runs(
    g,
    'after',
    [
      { value: id, none: -2 },
      { value: x, none },
    ],
    ([own = '', a = ''], [other = '', b = '']) => [
      own,
      g.op('Where', g.op('Equal', own, other), merge(a, b), a),
    ],
    { axis: 0, reach: longest },
  );
  return at(g, all, start);
}

export const total = (g: GraphBuilder, siblings: Siblings, x: Value): Value =>
  over(g, siblings, x, 0, (a, b) => g.op('Add', a, b));

/** The first index of each run where a condition is true. */
export function first(g: GraphBuilder, { start }: Siblings, condition: Value): Value {
  const flags = g.cast(condition, 'float64');
  const so = g.node('CumSum', [flags, g.int(0)]);
  const before = g.op('Sub', at(g, so, start), at(g, flags, start));
  return g.op('And', condition, g.op('Equal', g.op('Sub', so, before), 1));
}

export function choice(g: GraphBuilder, z: Value, siblings: Siblings): Choice {
  const largest = over(g, siblings, z, Number.NEGATIVE_INFINITY, (a, b) => g.op('Max', a, b));
  const finite = g.op('Less', g.op('Abs', largest), Number.POSITIVE_INFINITY);
  const origin = g.op('Where', finite, largest, 0);
  const e = power(g, z, origin);
  const top = first(g, siblings, g.op('Equal', z, origin));
  const others = total(g, siblings, zeroWhere(g, top, e));
  const proper = g.op('And', finite, g.op('Less', others, Number.POSITIVE_INFINITY));
  const rest = g.op('Where', proper, others, Number.NaN);
  const all = g.op('Add', 1, rest);
  return {
    q: g.op('Div', e, all),
    log: g.op('Sub', g.op('Sub', z, origin), log1p(g, rest)),
    top,
    rest,
    total: all,
  };
}
