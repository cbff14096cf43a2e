import type { Tree } from '@softmax/core';
import type { GraphBuilder, Value } from '../model/builder.ts';

type Names = 'logits' | 'steps' | 'tokens' | 'chosen' | 'touched' | 'places';

/**
 * The paths from the classes of the rows to the root, as core lays them out on the host for each
 * call (`PathSizes`). A loop climbs from the leaves, one node in a turn; each node that has
 * siblings is a step, of as many logits as its parent has weight rows. A row of weight 0 has none.
 *
 * @param classes, weights `[outer]`
 */
export function paths(
  g: GraphBuilder,
  tree: Tree,
  classes: Value,
  weights: Value,
): { readonly [name in Names]: Value } {
  const { parents, leaf, height, width, row, place } = decisions(tree);
  const known = (name: string, values: readonly number[]) =>
    g.constant(`path/${name}`, 'int64', [values.length], BigInt64Array.from(values, BigInt).buffer);
  const above = known('parents', parents);
  const climb = (node: Value) => ({ state: [g.node('Gather', [above, node])], collected: [node] });
  const leaves = g.node('Gather', [known('nodeOf', leaf), classes]);
  const [, levels = ''] = g.loop([leaves], ([node = '']) => climb(node), { times: g.int(height) });
  const nodes = g.node('Transpose', [levels], { perm: [1, 0] });

  const widths = known('width', width);
  const counted = g.node('Unsqueeze', [g.op('Not', g.op('Equal', g.cast(weights, 'float64'), 0)), g.ints(1)]);
  const decided = g.op('And', counted, g.op('Greater', g.node('Gather', [widths, nodes]), g.int(0)));
  const flat = (value: Value) => g.node('Reshape', [value, g.ints(-1)]);
  const at = g.node('Squeeze', [g.node('NonZero', [flat(decided)]), g.ints(0)]);
  const node = g.node('Gather', [flat(nodes), at]);

  const count = g.node('Gather', [widths, node]);
  const end = g.node('CumSum', [count, g.int(0)]);
  const begin = g.op('Sub', end, count);
  const total = g.node('ReduceSum', [count]);
  const all = (value: number, like: Value) => g.node('Expand', [g.int(value), like]);
  const marks = g.node('ScatterElements', [all(0, total), begin, all(1, g.node('Shape', [begin]))], {
    axis: 0,
  });
  const steps = g.op('Sub', g.node('CumSum', [marks, g.int(0)]), g.int(1));
  const each = g.node('Range', [g.int(0), g.node('Squeeze', [total]), g.int(1)]);
  const within = g.op('Sub', each, g.node('Gather', [begin, steps]));
  const logits = g.op('Add', g.node('Gather', [g.node('Gather', [known('row', row), node]), steps]), within);
  const own = g.node('Gather', [known('place', place), node]);
  const chosen = g.op('Where', g.op('Less', own, g.int(0)), g.int(-1), g.op('Add', begin, own));
  const [touched = '', , places = ''] = g.nodes('Unique', [logits], { sorted: 1 }, 3);
  return { logits, steps, tokens: g.op('Div', at, g.int(height)), chosen, touched, places };
}

/** The role of each node in a path, and the maximum number of nodes on a path below the root. */
function decisions({ parents, first, rowOf, nodeOf }: Tree) {
  const level: number[] = [];
  const nodes = Array.from(parents, (parent, node) => {
    level.push(parent < 0 ? 0 : (level[parent] ?? 0) + 1);
    const from = parent < 0 ? node : (first[parent] ?? 0);
    const count = parent < 0 ? 1 : (first[parent + 1] ?? 0) - from;
    const place = node - from;
    return {
      parent: Math.max(parent, 0),
      // Two siblings have one logit between them, and an only child none.
      width: count > 2 ? count : count - 1,
      row: rowOf[from] ?? 0,
      place: count === 2 && place === 1 ? -1 : place,
    };
  });
  return {
    parents: nodes.map(({ parent }) => parent),
    leaf: Array.from(nodeOf),
    height: nodeOf.reduce((most, node) => Math.max(most, level[node] ?? 0), 0),
    width: nodes.map(({ width }) => width),
    row: nodes.map(({ row }) => row),
    place: nodes.map(({ place }) => place),
  };
}
