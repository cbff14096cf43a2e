import type { Call, Operand, Tree } from '@softmax/core';
import type { Value } from '../model/builder.ts';
import type { ValueInfo } from '../model/graph.ts';
import type { Adapter } from './adapter.ts';
import { type Adaptive, lengthsOf } from './adaptive.ts';
import { takes } from './sample.ts';

/** The further inputs of a loss, computed in the model from `target` and `tokenWeight`. */
export interface Reduction {
  /** Classes, int64; absent for a target of probabilities. */
  readonly classes: Value | undefined;
  readonly weights: Value;
  readonly denominator: Value;
}

/**
 * As in core: a target equal to `ignoreIndex` has weight 0, and a mean divides by the weight of the
 * remaining rows. A class out of range, on which core throws, makes the loss NaN.
 */
export function reduction(on: Adapter, rows: ValueInfo, classWeights: Value | undefined): Reduction {
  const { g, options, sample } = on;
  const { call } = sample;
  const type = (call.inputs['weights'] as Operand).from.dtype;
  const constant = (value: number) => g.cast(value, type);
  const token =
    options['tokenWeight'] === undefined
      ? undefined
      : on.toKernel(on.input('tokenWeight', type, reduced(call)), reduced(call), rows);
  const ones = token ?? on.expand(constant(1), rows);
  let weights = ones;
  let kept = ones;
  let classes: Value | undefined;
  if (!call.inputs['target']) {
    const target = on.toKernel(targetOf(on), reduced(call), rows);
    const ignored = g.op('Equal', target, g.ints(Number(options['ignoreIndex'] ?? -100)));
    const zero = g.ints(0);
    const inside = g.op('And', g.op('Less', target, classCount(on)), g.op('Less', g.ints(-1), target));
    const outside = g.node('Not', [inside]);
    classes = g.op('Where', g.op('Or', ignored, outside), zero, target);
    weights = g.op('Where', ignored, constant(0), g.op('Where', outside, constant(Number.NaN), ones));
    kept = classWeights
      ? g.op('Mul', weights, g.cast(g.node('Gather', [classWeights, classes]), type))
      : weights;
  }
  // A log-probability is a loss of weight −1.
  if (!takes(sample.description, 'reduction')) weights = g.op('Neg', weights);
  const mean = 'sum' in call.problem && call.problem.sum && (options['reduction'] ?? 'mean') === 'mean';
  if (!mean) return { classes, weights, denominator: g.cast(1, 'float64') };
  const total = g.node('ReduceSum', [g.cast(kept, 'float64')], { keepdims: 0 });
  const empty = g.op('Equal', total, 0);
  const given = options['denominator'] === undefined ? total : Number(options['denominator']);
  const nothing = options['emptyMean'] === 'nan' ? Number.NaN : 1;
  return {
    classes,
    weights: g.op('Where', empty, constant(0), weights),
    denominator: g.op('Where', empty, nothing, given),
  };
}

/** The input with a class for each row. */
export const targetOf = (on: Adapter): Value => on.input('target', 'int64', reduced(on.sample.call));

function classCount(on: Adapter): Value {
  const { tree, parameters } = on.options as { readonly tree?: Tree; readonly parameters?: Adaptive };
  const known = tree?.leaves ?? lengthsOf(parameters).at(-1);
  return known === undefined ? on.length() : on.g.ints(known);
}

/** The shape of a sample's rows: the shape of its target. */
const reduced = (call: Call) => (call.inputs['weights'] as Operand).from.shape;
