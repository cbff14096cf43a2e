import type { Reduced as Reduction } from '@softmax/core';
import { GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { addedAt, column, totalsAt } from './parts/linear.ts';
import { inLeast, unitsOf, unscaledBy } from './parts/magnitude.ts';
import { type Reduced, type ReducedVariant, reduced } from './parts/reduced.ts';
import { finite, isImpossible, rowsOf, sum, zeroWhere } from './parts/row.ts';
import { choice, type Siblings } from './parts/siblings.ts';
import { numbers, type TreeVariant, treeVariant } from './parts/tree.ts';

export type HierarchicalLossVariant = TreeVariant & ReducedVariant;

export const hierarchicalLossVariant = (
  p: Reduction,
  given: { readonly bias?: unknown; readonly dy?: unknown },
): HierarchicalLossVariant => ({ ...treeVariant(p, given), sum: p.sum, dy: given.dy !== undefined });

export function hierarchicalLoss(variant: HierarchicalLossVariant): Graph {
  const g = new GraphBuilder();
  losses(g, variant);
  return g.graph;
}

interface Losses {
  readonly h: Value;
  readonly weight: Value;
  /** `[logits]`: the row of h of each logit. */
  readonly tokens: Value;
  /** `[logits, n]`: the weights and features of each logit. */
  readonly own: Value;
  readonly features: Value;
  /** `[logits, 1]`: the gradient of the loss of its row. */
  readonly dz: Value;
  readonly reduction: Reduced;
}

/** l = Σ −log p(child taken) over the decisions on the path; all terms have one sign. */
function losses(g: GraphBuilder, variant: HierarchicalLossVariant): Losses {
  const { dtype } = variant;
  const h = g.double('h', dtype, ['outer', 'n']);
  const weight = g.double('weight', dtype, ['rows', 'n']);
  const logits = g.input('logits', 'int32', ['logits']);
  const steps = g.input('steps', 'int32', ['logits']);
  const tokenOf = g.input('tokens', 'int32', ['steps']);
  const chosen = g.cast(g.input('chosen', 'int32', ['steps']), 'int64');
  const tokens = g.node('Gather', [tokenOf, steps]);
  const own = g.node('Gather', [weight, logits]);
  const features = g.node('Gather', [h, tokens]);
  const product = sum(g, g.op('Mul', own, features), dtype === 'float64');
  const bias = variant.bias ? g.double('bias', dtype, ['rows']) : undefined;
  const z = bias === undefined ? product : g.op('Add', product, numbers(g, g.node('Gather', [bias, logits])));

  const { siblings, begin, count } = runsOf(g, steps, chosen);
  const { q, log, top, rest, total } = choice(g, z, siblings);
  const taken = g.op('Max', chosen, g.int(0));
  const single = column(g, g.op('Equal', count, g.int(1)));
  const first = g.op('Equal', chosen, begin);
  const ofTwo = two(g, g.node('Gather', [z, begin]), column(g, first));
  const ofMore = g.op('Neg', g.node('Gather', [log, taken]));
  const each = g.node('Squeeze', [g.op('Where', single, ofTwo.loss, ofMore), g.ints(1)]);
  // Paths end at the root: below a decision of probability 0 nothing is read.
  const certain = g.cast(g.op('Equal', each, Number.POSITIVE_INFINITY), 'float64');
  const reduction = reduced(g, variant, ['outer']);
  const ofTokens = addedAt(g, rowsOf(g, 0, reduction.scale), tokenOf, certain);
  const upTo = g.node('Gather', [g.node('CumSum', [ofTokens, g.int(0)]), tokenOf]);
  const unread = g.op('Greater', upTo, g.node('CumSum', [certain, g.int(0)]));

  const isTaken = g.op('Equal', places(g, steps), g.node('Gather', [chosen, steps]));
  // 1 − p of the most probable entry is rest/Σ e: nothing cancels.
  const pulled = g.op('Where', top, g.op('Neg', g.op('Div', rest, total)), g.op('Sub', q, 1));
  const slope = g.op('Where', column(g, isTaken), pulled, q);
  const alone = g.node('Gather', [single, steps]);
  const either = g.op('Where', alone, g.node('Gather', [ofTwo.dz, steps]), slope);
  const away = column(g, g.node('Gather', [unread, steps]));
  const dz = zeroWhere(g, g.op('Or', away, isImpossible(g, z)), either);
  reduction.output(totalsAt(g, reduction.scale, tokenOf, zeroWhere(g, unread, each), dtype === 'float64'));
  return { h, weight, tokens, own, features, dz, reduction };
}

/** The gradients of h and of the touched weight rows only. */
export function hierarchicalLossGrad(variant: HierarchicalLossVariant): Graph {
  const g = new GraphBuilder();
  const { dtype } = variant;
  const { h, weight, tokens, own, features, dz, reduction } = losses(g, variant);
  const touched = g.input('touched', 'int32', ['touched']);
  const placeOf = g.input('places', 'int32', ['logits']);
  const ofToken = (x: Value) => column(g, g.node('Gather', [x, tokens]));
  const units = unitsOf(g, reduction.unit);
  const scaled = zeroWhere(g, g.op('Equal', dz, 0), g.op('Mul', ofToken(reduction.scale), dz));
  const all = inLeast(g, scaled, units && { ...units, rows: ofToken(units.rows) });
  const totals = (like: Value, at: Value, terms: Value) => totalsAt(g, like, at, terms, dtype === 'float64');
  const rows = g.node('Gather', [weight, touched]);
  const dweight = unscaledBy(g, totals(rows, placeOf, g.op('Mul', all, finite(g, features))), units?.least);
  const flat = g.node('Squeeze', [all, g.ints(1)]);
  const dbias = unscaledBy(g, totals(touched, placeOf, flat), units?.least);
  const dh = totals(h, tokens, g.op('Mul', scaled, finite(g, own)));
  g.output('dh', unscaledBy(g, dh, units && column(g, units.rows)), dtype, ['outer', 'n']);
  g.output('rows', touched, 'int32', ['touched']);
  g.output('dweight', dweight, dtype, ['touched', 'n']);
  g.output('dbias', dbias, dtype, ['touched']);
  return g.graph;
}

/** 0, 1, 2, … for each element of x. */
const places = (g: GraphBuilder, x: Value): Value =>
  g.node('Range', [g.int(0), g.node('Squeeze', [g.node('Shape', [x])]), g.int(1)]);

/** The logits of a step are consecutive. */
function runsOf(g: GraphBuilder, steps: Value, chosen: Value) {
  const ones = g.node('Expand', [g.int(1), g.node('Shape', [steps])]);
  const count = addedAt(g, g.op('Sub', chosen, chosen), steps, ones);
  const begin = g.op('Sub', g.node('CumSum', [count, g.int(0)]), count);
  const siblings: Siblings = {
    id: numbers(g, steps),
    start: g.node('Gather', [begin, steps]),
    longest: g.node('ReduceMax', [count]),
  };
  return { siblings, begin, count };
}

/**
 * −log σ(±z) = max(∓z, 0) + log1p(e^{−|z|}), exact for every z and at ±∞, and its gradient: −σ(−z)
 * or σ(z).
 */
function two(g: GraphBuilder, z: Value, first: Value): { readonly loss: Value; readonly dz: Value } {
  const sign = g.op('Where', first, 1, -1);
  const t = g.op('Mul', sign, z);
  const e = g.op('Exp', g.op('Neg', g.op('Abs', t)));
  const sure = g.op('Greater', t, 0);
  const loss = g.op('Sub', log1p(g, e), zeroWhere(g, sure, t));
  const other = g.op('Div', g.op('Where', sure, e, 1), g.op('Add', 1, e));
  return { loss, dz: g.op('Neg', g.op('Mul', sign, other)) };
}
