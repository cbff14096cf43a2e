import { GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { type AdaptiveVariant, columns, headOf, ofTail, tailOf } from './parts/adaptive.ts';
import { carry, under } from './parts/choice.ts';
import { backward } from './parts/linear.ts';
import { scaled, scaleOf, unitsOf, unscaledBy } from './parts/magnitude.ts';
import { isImpossible, zeroWhere } from './parts/row.ts';

export interface AdaptiveSoftmaxVariant extends AdaptiveVariant {
  readonly log: boolean;
}

/**
 * The probabilities of the head, then for each tail p(tail)·p(class | tail); or their logarithms.
 */
export function adaptiveSoftmax({ log, ...variant }: AdaptiveSoftmaxVariant): Graph {
  const g = new GraphBuilder();
  const head = headOf(g, variant);
  const top = log ? head.choice.log : head.choice.q;
  const ofTails = variant.tails.map((_, i) => {
    const { choice } = tailOf(g, variant, i, head.h);
    const above = ofTail(g, top, head, i);
    return under(g, log ? choice.log : choice.q, above, log);
  });
  const all = [columns(g, top, g.ints(0), head.size), ...ofTails];
  g.output('y', g.node('Concat', all, { axis: 1 }), variant.dtype, ['outer', 'classes']);
  return g.graph;
}

/**
 * The tails come first: the sums (for log p) or means (for p) of their dy are the cotangents of the
 * tails in the head.
 */
export function adaptiveSoftmaxGrad({ log, ...variant }: AdaptiveSoftmaxVariant): Graph {
  const g = new GraphBuilder();
  const { dtype } = variant;
  const wide = dtype === 'float64';
  const head = headOf(g, variant);
  const given = g.double('dy', dtype, ['outer', 'classes']);
  const unit = scaleOf(g, given, dtype);
  const units = unitsOf(g, unit);
  const dy = scaled(g, given, unit);
  let at = head.size;
  const ofHead = [columns(g, dy, g.ints(0), at)];
  const tails: { readonly dh: Value; readonly dprojection: Value; readonly dtail: Value }[] = [];
  for (const i of variant.tails.keys()) {
    const { projection, weight, features, choice } = tailOf(g, variant, i, head.h);
    const end = g.op('Add', at, g.node('Shape', [weight], { end: 1 }));
    const { dz, above } = carry(g, choice, columns(g, dy, at, end), log);
    at = end;
    // The inputs of an impossible tail are not read.
    const none = isImpossible(g, ofTail(g, head.choice.z, head, i));
    ofHead.push(zeroWhere(g, none, above));
    const own = log ? dz : g.op('Mul', ofTail(g, head.choice.q, head, i), dz);
    const tail = backward(g, zeroWhere(g, none, own), weight, features, wide, units);
    const projected = backward(g, tail.dh, projection, head.h, wide, units);
    tails.push({ dh: projected.dh, dprojection: projected.dweight, dtail: tail.dweight });
  }
  const { dz } = carry(g, head.choice, g.node('Concat', ofHead, { axis: 1 }), log);
  const own = backward(g, dz, head.weight, head.h, wide, units);
  const dh = tails.reduce((sum, tail) => g.op('Add', sum, tail.dh), own.dh);
  g.output('dh', unscaledBy(g, dh, unit), dtype, ['outer', 'n']);
  g.output('dhead', own.dweight, dtype, ['head + tails', 'n']);
  g.output('dheadBias', own.dbias, dtype, ['head + tails']);
  for (const [i, { dprojection, dtail }] of tails.entries()) {
    g.output(`dprojection${i}`, dprojection, dtype, [`width${i}`, 'n']);
    g.output(`dtail${i}`, dtail, dtype, [`size${i}`, `width${i}`]);
  }
  return g.graph;
}
