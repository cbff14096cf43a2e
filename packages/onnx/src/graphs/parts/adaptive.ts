import type { FloatType, Kernels } from '@softmax/core';
import type { GraphBuilder, Value } from '../../model/builder.ts';
import { type Choice, choice } from './choice.ts';
import { linear } from './linear.ts';

export interface AdaptiveVariant {
  readonly dtype: FloatType;
  readonly bias: boolean;
  /** The tails with inputs: a loss may lack some. */
  readonly tails: readonly boolean[];
}

export const adaptiveVariant = (
  { dtype, tails }: Pick<Kernels['adaptiveSoftmax']['problem'], 'dtype' | 'tails'>,
  given: { readonly [name: string]: unknown },
): AdaptiveVariant => ({
  dtype,
  bias: given['headBias'] !== undefined,
  tails: tails.map((_, i) => given[`tail${i}`] !== undefined),
});

export interface Head {
  readonly h: Value;
  readonly weight: Value;
  readonly choice: Choice;
  /** int64 `[1]`: the number of classes in the head; the tails follow. */
  readonly size: Value;
}

export function headOf(g: GraphBuilder, { dtype, bias, tails }: AdaptiveVariant): Head {
  const h = g.double('h', dtype, ['outer', 'n']);
  const weight = g.double('head', dtype, ['head + tails', 'n']);
  const z = linear(g, h, weight, bias ? g.double('headBias', dtype, ['head + tails']) : undefined);
  const size = g.op('Sub', g.node('Shape', [weight], { end: 1 }), g.ints(tails.length));
  return { h, weight, choice: choice(g, z, dtype), size };
}

export interface Tail {
  readonly projection: Value;
  readonly weight: Value;
  /** h after the projection. */
  readonly features: Value;
  readonly choice: Choice;
}

export function tailOf(g: GraphBuilder, { dtype }: AdaptiveVariant, i: number, h: Value): Tail {
  const projection = g.double(`projection${i}`, dtype, [`width${i}`, 'n']);
  const weight = g.double(`tail${i}`, dtype, [`size${i}`, `width${i}`]);
  const features = linear(g, h, projection);
  return { projection, weight, features, choice: choice(g, linear(g, features, weight), dtype) };
}

/** Columns `from` to `to` of each row. */
export const columns = (g: GraphBuilder, x: Value, from: Value, to: Value): Value =>
  g.node('Slice', [x, from, to, g.ints(1)]);

/** The column of tail i in a layout like the head's. */
export const ofTail = (g: GraphBuilder, x: Value, { size }: Head, i: number): Value =>
  columns(g, x, g.op('Add', size, g.ints(i)), g.op('Add', size, g.ints(i + 1)));
