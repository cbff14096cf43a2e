import { ALL, GraphBuilder, ROWS, type Value } from '../builder.ts';
import type { Graph } from '../graph.ts';
import { log1p } from './arithmetic.ts';
import { type Exponentials, exponentials, type Parts, parts } from './exponentials.ts';
import { logits } from './logits.ts';
import { scatter, sum } from './row.ts';
import { type CrossEntropyVariant, type Targets, targets } from './targets.ts';

export function crossEntropy(variant: CrossEntropyVariant): Graph {
  const g = new GraphBuilder('crossEntropy');
  losses(g, variant);
  return g.graph;
}

interface Losses {
  readonly terms: Exponentials;
  readonly parts: Parts;
  readonly target: Targets;
  readonly weights: Value;
  readonly skipped: Value;
  readonly denominator: Value;
  /** 2·zLoss·lse. */
  readonly tilt: Value | undefined;
}

/** The row's loss l = Σ a·(max − v + log1p(rest)) + zLoss·lse². A row of weight 0 is skipped: 0·∞ is NaN. */
function losses(g: GraphBuilder, variant: CrossEntropyVariant): Losses {
  const { v, mask } = logits(g, variant);
  const target = targets(g, v, mask, variant);
  const weights = g.double('weights', target.parameter, ROWS);
  const denominator = g.input('denominator', 'float64');
  const terms = exponentials(g, v, variant);
  const split = parts(g, terms);
  const log = log1p(g, split.rest);
  const distance = (logit: Value) => g.op('Add', g.op('Sub', terms.max, logit), log);
  const plain = target.loss(distance);
  const zLoss = variant.zLoss ? g.input('zLoss', 'float64') : undefined;
  const lse = g.op('Add', terms.max, log);
  const tilt = zLoss === undefined ? undefined : g.op('Mul', g.op('Mul', 2, zLoss), lse);
  const loss = zLoss === undefined ? plain : g.op('Add', plain, g.op('Mul', g.op('Mul', zLoss, lse), lse));
  const skipped = g.op('Equal', weights, 0);
  const proper = g.op('Where', split.proper, g.op('Mul', weights, loss), Number.NaN);
  const each = g.op('Where', skipped, 0, proper);
  if (variant.sum) g.output('loss', g.op('Div', sum(g, each, terms.wide, 'all'), denominator), variant.dtype);
  else g.output('loss', each, variant.dtype, ROWS);
  return { terms, parts: split, target, weights, skipped, denominator, tilt };
}

/** dx = scale·(p·(mass − a + tilt) − a·(1 − p)): nothing cancels where p is close to one-hot. */
export function crossEntropyGrad(variant: CrossEntropyVariant): Graph {
  const g = new GraphBuilder('crossEntropyGrad');
  const { terms, parts, target, weights, skipped, denominator, tilt } = losses(g, variant);
  const { at, rest, total } = parts;
  const dy = variant.dy ? g.double('dy', target.parameter, ROWS) : undefined;
  const scale = g.op('Div', dy === undefined ? weights : g.op('Mul', weights, dy), denominator);
  const p = g.op('Div', terms.e, total);
  const other = scatter(g, g.op('Sub', 1, p), at, g.op('Div', rest, total));
  const { mass, a } = target.shares();
  const rise = g.op('Sub', mass, a);
  const pull = g.op('Mul', p, tilt === undefined ? rise : g.op('Add', rise, tilt));
  const gradient = g.op('Mul', scale, g.op('Sub', pull, g.op('Mul', a, other)));
  const never = g.op('Or', g.op('Equal', terms.v, Number.NEGATIVE_INFINITY), skipped);
  g.output('dx', g.op('Where', never, 0, gradient), variant.dtype, ALL);
  return g.graph;
}
