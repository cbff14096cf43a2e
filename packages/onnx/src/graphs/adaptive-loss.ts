import type { Kernels } from '@softmax/core';
import { GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import {
  type AdaptiveVariant,
  adaptiveVariant,
  type Head,
  headOf,
  type Tail,
  tailOf,
} from './parts/adaptive.ts';
import { choose } from './parts/choice.ts';
import { addedAt, backward, column } from './parts/linear.ts';
import { unitsOf, unscaledBy } from './parts/magnitude.ts';
import { type Reduced, type ReducedVariant, reduced } from './parts/reduced.ts';
import { zeroWhere } from './parts/row.ts';

export type AdaptiveLossVariant = AdaptiveVariant & ReducedVariant;

export const adaptiveLossVariant = (
  p: Kernels['adaptiveLoss']['problem'],
  given: { readonly [name: string]: unknown },
): AdaptiveLossVariant => ({ ...adaptiveVariant(p, given), sum: p.sum, dy: given['dy'] !== undefined });

export function adaptiveLoss(variant: AdaptiveLossVariant): Graph {
  const g = new GraphBuilder();
  losses(g, variant);
  return g.graph;
}

/** The inputs of the targets in one tail; `at` are their rows. */
interface Part extends Tail {
  readonly at: Value;
  readonly h: Value;
  readonly dz: Value;
}

interface Losses {
  readonly head: Head;
  readonly dz: Value;
  readonly reduction: Reduced;
  readonly parts: readonly (Part | undefined)[];
}

/**
 * l = −log p(class or tail) − log p(class | tail), the latter only for rows with a target in that
 * tail.
 */
function losses(g: GraphBuilder, variant: AdaptiveLossVariant): Losses {
  const head = headOf(g, variant);
  const parts = g.cast(g.input('parts', 'int32', ['outer']), 'int64');
  const classes = g.cast(g.input('classes', 'int32', ['outer']), 'int64');
  const reduction = reduced(g, variant, ['outer']);
  const inHead = g.op('Less', parts, g.int(0));
  const target = g.op('Where', inHead, classes, g.op('Add', parts, head.size));
  const first = choose(g, head.choice, column(g, target));
  let loss = g.node('Squeeze', [first.loss, g.ints(1)]);
  // Neither rows of weight 0 nor impossible tails are read.
  const read = g.op('Not', g.op('Or', reduction.skipped, g.op('Equal', loss, Number.POSITIVE_INFINITY)));
  const ofTails = variant.tails.map((given, i): Part | undefined => {
    if (!given) return undefined;
    const own = g.op('And', g.op('Equal', parts, g.int(i)), read);
    const at = g.node('Squeeze', [g.node('NonZero', [own]), g.ints(0)]);
    const h = g.node('Gather', [head.h, at]);
    const tail = tailOf(g, variant, i, h);
    const second = choose(g, tail.choice, column(g, g.node('Gather', [classes, at])));
    loss = addedAt(g, loss, at, g.node('Squeeze', [second.loss, g.ints(1)]));
    return { ...tail, at, h, dz: second.dz };
  });
  reduction.output(loss);
  return { head, dz: first.dz, reduction, parts: ofTails };
}

/** The gradient of every tail: zeros for an absent one. */
export function adaptiveLossGrad(variant: AdaptiveLossVariant): Graph {
  const g = new GraphBuilder();
  const { dtype } = variant;
  const wide = dtype === 'float64';
  const { head, dz, reduction, parts } = losses(g, variant);
  const scale = column(g, reduction.scale);
  const unit = reduction.unit && column(g, reduction.unit);
  const units = unitsOf(g, unit);
  const scaled = (by: Value, slope: Value) => zeroWhere(g, g.op('Equal', slope, 0), g.op('Mul', by, slope));
  const kept = zeroWhere(g, column(g, reduction.skipped), dz);
  const own = backward(g, scaled(scale, kept), head.weight, head.h, wide, units);
  const tails = parts.map((part) => {
    if (part === undefined) return undefined;
    const ofPart = (x: Value) => g.node('Gather', [x, part.at]);
    const own = units && { ...units, rows: ofPart(units.rows) };
    const tail = backward(g, scaled(ofPart(scale), part.dz), part.weight, part.features, wide, own);
    const projected = backward(g, tail.dh, part.projection, part.h, wide, own);
    return { at: part.at, dh: projected.dh, dprojection: projected.dweight, dtail: tail.dweight };
  });
  const dh = tails.reduce((sum, tail) => (tail ? addedAt(g, sum, tail.at, tail.dh) : sum), own.dh);
  g.output('dh', unscaledBy(g, dh, unit), dtype, ['outer', 'n']);
  g.output('dhead', own.dweight, dtype, ['head + tails', 'n']);
  g.output('dheadBias', own.dbias, dtype, ['head + tails']);
  for (const [i, tail] of tails.entries()) {
    const { dprojection, dtail } = tail ?? absent(g, i, head.h);
    g.output(`dprojection${i}`, dprojection, dtype, [`width${i}`, 'n']);
    g.output(`dtail${i}`, dtail, dtype, [`size${i}`, `width${i}`]);
  }
  return g.graph;
}

/** Zeros in the shapes of an absent tail. */
function absent(
  g: GraphBuilder,
  i: number,
  h: Value,
): { readonly dprojection: Value; readonly dtail: Value } {
  const size = (name: string) => g.node('Reshape', [g.cast(g.input(name, 'float64'), 'int64'), g.ints(1)]);
  const zeros = (...shape: readonly Value[]) => g.node('Expand', [0, g.node('Concat', shape, { axis: 0 })]);
  const width = size(`width${i}`);
  return {
    dprojection: zeros(width, g.node('Shape', [h], { start: 1 })),
    dtail: zeros(size(`size${i}`), width),
  };
}
