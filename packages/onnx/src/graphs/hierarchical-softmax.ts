import { GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { under } from './parts/choice.ts';
import { backward, column, turned } from './parts/linear.ts';
import { scaleOf, scaled as toScale, unitsOf, unscaledBy } from './parts/magnitude.ts';
import { anywhere, isBounded, isImpossible, zeroWhere } from './parts/row.ts';
import { total } from './parts/siblings.ts';
import { classesOf, fromLeaves, fromRoot, type Nodes, nodesOf, type TreeVariant } from './parts/tree.ts';

export interface HierarchicalSoftmaxVariant extends TreeVariant {
  readonly log: boolean;
}

/** p(class) = Π p(node | parent) over the nodes on its path; or the sum of their logarithms. */
export function hierarchicalSoftmax({ log, ...variant }: HierarchicalSoftmaxVariant): Graph {
  const g = new GraphBuilder();
  const { parents, choice } = nodesOf(g, variant);
  const all = fromRoot(g, parents, log ? choice.log : choice.q, (own, above) => under(g, own, above, log));
  g.output('y', classesOf(g, all), variant.dtype, ['outer', 'leaves']);
  return g.graph;
}

/**
 * The cotangent of each node is, for log p, the sum over the leaves below it, and for p their mean.
 * The logits of siblings get g − q·Σ g, or p(parent)·q ∘ (g − Σ q·g). Both are relative to the most
 * probable sibling, so nothing cancels near a one-hot q. Impossible nodes take no part.
 */
export function hierarchicalSoftmaxGrad({ log, ...variant }: HierarchicalSoftmaxVariant): Graph {
  const g = new GraphBuilder();
  const nodes = nodesOf(g, variant);
  const { parents, z, choice, h, weight } = nodes;
  const all = fromRoot(g, parents, log ? choice.log : choice.q, (own, above) => under(g, own, above, log));
  const possible = g.op('Not', isImpossible(g, z));
  const factor = g.op('Where', possible, log ? 1 : choice.q, 0);
  const classOf = g.input('classOf', 'int32', ['nodes']);
  const dy = g.double('dy', variant.dtype, ['outer', 'leaves']);
  const unit = scaleOf(g, dy, variant.dtype);
  const ofClass = g.node('Gather', [
    turned(g, toScale(g, dy, unit)),
    g.op('Max', g.cast(classOf, 'int64'), g.int(0)),
  ]);
  const inner = column(g, g.op('Less', classOf, g.cast(g.int(0), 'int32')));
  const none = g.op('Or', inner, g.op('Equal', all, log ? Number.NEGATIVE_INFINITY : 0));
  const below = fromLeaves(g, parents, zeroWhere(g, none, ofClass), factor);

  const own = g.op('Where', possible, below, 0);
  const isTop = choice.top;
  const origin = total(g, nodes, g.op('Where', isTop, own, 0));
  const plain = log ? ofLogs(g, nodes, own, origin) : ofShares(g, nodes, own, origin);
  const dz = endless(g, nodes, own, possible, plain);
  const reached = fromRoot(g, parents, g.cast(possible, 'float64'), (a, b) => g.op('Mul', a, b));
  const above = g.node('Gather', [all, parents]);
  const scaled = log ? dz : g.op('Mul', above, dz);
  const gradients = backward(
    g,
    turned(g, byRow(g, nodes, g.op('Where', g.op('Equal', reached, 1), scaled, 0))),
    weight,
    h,
    variant.dtype === 'float64',
    unitsOf(g, unit),
  );
  g.output('dh', unscaledBy(g, gradients.dh, unit), variant.dtype, ['outer', 'n']);
  g.output('dweight', gradients.dweight, variant.dtype, ['rows', 'n']);
  g.output('dbias', gradients.dbias, variant.dtype, ['rows']);
  return g.graph;
}

/** g − q·Σ g; for the most probable sibling (g·rest − Σ of the others)/Σ e. */
function ofLogs(g: GraphBuilder, nodes: Nodes, own: Value, origin: Value): Value {
  const { q, rest, top, total: all } = nodes.choice;
  const others = total(g, nodes, zeroWhere(g, top, own));
  const likeliest = g.op('Div', g.op('Sub', g.op('Mul', own, rest), others), all);
  return g.op('Where', top, likeliest, g.op('Sub', own, g.op('Mul', q, g.op('Add', origin, others))));
}

/** q ∘ (g − Σ q·g). */
function ofShares(g: GraphBuilder, nodes: Nodes, own: Value, origin: Value): Value {
  const { q, top } = nodes.choice;
  const relative = g.op('Sub', own, origin);
  const terms = zeroWhere(g, g.op('Or', top, g.op('Equal', q, 0)), g.op('Mul', q, relative));
  return g.op('Mul', q, g.op('Sub', relative, total(g, nodes, terms)));
}

/** Where a cotangent of siblings is NaN or infinite: g − Σ g of these, as every q is above 0. */
function endless(g: GraphBuilder, nodes: Nodes, own: Value, possible: Value, dz: Value): Value {
  const body = () => {
    const sum = total(g, nodes, zeroWhere(g, isBounded(g, own), own));
    const off = g.op('Where', possible, g.op('Sub', own, sum), 0);
    return { state: [g.op('Where', isBounded(g, sum), dz, off)], again: g.bool(false) };
  };
  const first = anywhere(g, g.op('Not', isBounded(g, own)));
  return g.loop([dz], body, { times: g.int(1), first })[0] as Value;
}

/** The logits of the weight rows: the first sibling's for two siblings. */
function byRow(g: GraphBuilder, { weight, rowOf, count, place }: Nodes, dz: Value): Value {
  const single = g.op('And', g.op('Equal', count, 2), g.op('Equal', place, 1));
  const owns = g.op('And', g.op('Greater', count, 1), g.op('Not', single));
  const at = g.node('Squeeze', [g.node('NonZero', [g.node('Squeeze', [owns, g.ints(1)])]), g.ints(0)]);
  const rows = column(g, g.cast(g.node('Gather', [rowOf, at]), 'int64'));
  const shape = g.node(
    'Concat',
    [g.node('Shape', [weight], { end: 1 }), g.node('Shape', [dz], { start: 1 })],
    { axis: 0 },
  );
  const zeros = g.node('Expand', [0, shape]);
  return g.node('ScatterND', [zeros, rows, g.node('Gather', [dz, at])]);
}
