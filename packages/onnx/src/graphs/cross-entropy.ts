import { ALL, GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { log1p } from './parts/arithmetic.ts';
import { correctedBy } from './parts/cotangents.ts';
import { type Exponentials, exponentials, type Parts, parts } from './parts/exponentials.ts';
import { logits } from './parts/logits.ts';
import { unscaledBy } from './parts/magnitude.ts';
import { type Reduced, reduced } from './parts/reduced.ts';
import { any, gather, isBounded, isImpossible, rowsOf, scatter, zeroWhere } from './parts/row.ts';
import { exponential, less, product, type Scaled, scaled, sumOf, toNumber } from './parts/scaled.ts';
import { share, times, unscaled } from './parts/single-functions.ts';
import { type CrossEntropyVariant, type Targets, targets } from './parts/targets.ts';

export function crossEntropy(variant: CrossEntropyVariant): Graph {
  const g = new GraphBuilder(variant);
  losses(g, variant);
  return g.graph;
}

interface Losses {
  readonly terms: Exponentials;
  readonly parts: Parts;
  readonly target: Targets;
  readonly reduction: Reduced;
  readonly mask: Value | undefined;
  /** Excluded rows: rows of weight 0, and fully masked ones. */
  readonly none: Value;
  /** −log p of logits. */
  readonly distance: (logit: Value) => Value;
  /** 2·zLoss·lse. */
  readonly tilt: Value | undefined;
}

/** The row's loss l = Σ a·(max − v + log1p(rest)) + zLoss·lse². */
function losses(g: GraphBuilder, variant: CrossEntropyVariant): Losses {
  const { v, mask } = logits(g, variant);
  const target = targets(g, v, mask, variant);
  const reduction = reduced(g, variant);
  const terms = exponentials(g, v, variant);
  const split = parts(g, terms);
  const log = log1p(g, unscaled(g, split.rest));
  const distance = (logit: Value) => g.op('Add', g.op('Sub', terms.max, logit), log);
  const plain = target.loss(distance);
  const zLoss = variant.zLoss ? g.number('zLoss') : undefined;
  const lse = g.op('Add', terms.max, log);
  const tilt = zLoss === undefined ? undefined : g.op('Mul', g.op('Mul', 2, zLoss), lse);
  const loss = zLoss === undefined ? plain : g.op('Add', plain, g.op('Mul', g.op('Mul', zLoss, lse), lse));
  const proper = g.op('Where', split.proper, loss, Number.NaN);
  const hidden = variant.soft && mask !== undefined ? g.op('Not', any(g, mask)) : undefined;
  reduction.output(hidden === undefined ? proper : zeroWhere(g, hidden, proper));
  const none = hidden === undefined ? reduction.skipped : g.op('Or', reduction.skipped, hidden);
  return { terms, parts: split, target, reduction, mask, none, distance, tilt };
}

/**
 * dx = p·scale·(mass − a + tilt) − scale·a·(1 − p): nothing cancels for p close to one-hot.
 * dt = −scale·w·(1 − α)·log p.
 */
export function crossEntropyGrad(variant: CrossEntropyVariant): Graph {
  const g = new GraphBuilder(variant);
  const { terms, parts, target, reduction, mask, none, distance, tilt } = losses(g, variant);
  const { at, rest, total } = parts;
  const { scale, unit, dy = 1 } = reduction;
  const p = share(g, terms.e, total);
  const other = scatter(g, g.op('Sub', 1, unscaled(g, p)), at, g.op('Div', rest, total));
  const { mass, a } = target.shares();
  const rise = g.op('Sub', mass, a);
  const slope = tilt === undefined ? rise : g.op('Add', rise, tilt);
  const push = g.op('Mul', a, other);
  const gradient = g.op('Sub', times(g, p, g.op('Mul', scale, slope)), g.op('Mul', scale, push));
  const never = g.op('Or', isImpossible(g, terms.v), none);
  const plain = unscaledBy(g, gradient, unit);
  const row = { dtype: variant.dtype, ...terms };
  // With an infinite or NaN factor only the sign matters; it is the sign of the pull alone if p is
  // 0 in float64.
  const endless = () => {
    const whole = g.op('Sub', times(g, p, slope), push);
    return g.op('Mul', g.op('Where', g.op('Equal', whole, 0), slope, whole), scale);
  };
  const beyond = g.op('Not', isBounded(g, scale));
  const dx = correctedBy(g, plain, row, { by: dy, endless, beyond }, () =>
    scaledGradient(g, terms, parts, {
      slope,
      a,
      factor: product(g, scaled(g, reduction.share), scaled(g, dy)),
    }),
  );
  g.output('dx', zeroWhere(g, never, dx), variant.dtype, ALL);
  if (variant.soft) {
    const weight = g.op('Mul', target.weight, target.kept);
    const by = g.op('Mul', scale, weight);
    const away = g.op('Or', none, g.op('Or', g.op('Equal', weight, 0), g.op('Equal', scale, 0)));
    const unread = mask === undefined ? away : g.op('Or', away, g.op('Not', mask));
    const dt = unscaledBy(g, g.op('Mul', by, distance(terms.v)), unit);
    g.output('dt', zeroWhere(g, unread, dt), variant.dtype, ALL);
  }
  return g.graph;
}

/** The gradient, from factors m·2^e. */
function scaledGradient(
  g: GraphBuilder,
  { v, e, max }: Exponentials,
  { at, rest, total }: Parts,
  { slope, a, factor }: { slope: Value; a: Value; factor: Scaled },
): Value {
  const over = (terms: Scaled): Scaled => ({ ...terms, m: g.op('Div', terms.m, total) });
  const far = exponential(g, v, max, undefined);
  const others = sumOf(g, { ...far, m: scatter(g, far.m, at, rowsOf(g, 0, at)) });
  const left = over(others);
  const near = scaled(g, g.op('Sub', 1, g.op('Div', e, total)));
  const isSmall = g.op('Less', rest, 0.5);
  const of = (field: 'm' | 'e') =>
    scatter(g, near[field], at, g.op('Where', isSmall, left[field], gather(g, near[field], at)));
  const pull = product(g, over(far), scaled(g, slope));
  const push = product(g, scaled(g, a), { m: of('m'), e: of('e') });
  return toNumber(g, product(g, less(g, pull, push), factor));
}
