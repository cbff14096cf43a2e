import { type HostTensor, type Operand, Tensor, type Tree } from '@softmax/core';
import type { InputName } from '@softmax/core/operations';
import type { GraphBuilder, Value } from '../model/builder.ts';
import type { ElementType, Graph, ValueInfo } from '../model/graph.ts';
import type { Adapter } from './adapter.ts';
import { type Adaptive, isKnown } from './adaptive.ts';
import { parts } from './parts.ts';
import { paths } from './paths.ts';
import { type Reduction, reduction, targetOf } from './reduction.ts';

type Options = { readonly [name: string]: unknown };

/** Adds the arguments as inputs of the model, in their order, except those with values. */
export function declare(on: Adapter, names: readonly InputName[]): void {
  const { options, sample } = on;
  const { inputs } = sample.call;
  for (const argument of names) {
    if (argument === 'target' && options['target'] !== 'probabilities') targetOf(on);
    else if (argument === 'dy' && inputs['weights']) cotangentOf(on);
    else if (!isGiven(valuesFor(options, argument)))
      for (const [name, operand] of Object.entries(inputs))
        if (operand?.source === argument) userInput(on, name, operand);
  }
}

/** Determines the source of each input of the kernel. */
export function feeds(on: Adapter, kernel: Graph): ReadonlyMap<string, Value> {
  const made = on.sample.call.inputs['weights'] ? losses(on, kernel) : {};
  return new Map(kernel.inputs.map((info) => [info.name, made[info.name] ?? feed(on, info)]));
}

/**
 * Returns the export's option for an argument or an option of the operation: values, or 'input'.
 */
function valuesFor(options: Options, source: InputName): unknown {
  if (source === 'target') return 'input';
  if (source === 'parameters') return isKnown(options['parameters']) ? options['parameters'] : 'input';
  return options[source];
}

/** Returns true if an argument or an option has values, which become part of the model. */
export const isGiven = (value: unknown): boolean => typeof value === 'object' && value !== null;

/**
 * The model's input for an operand, with the name of the argument or option. Adaptive softmax has
 * one for each parameter, and noise that core generates from a seed is `noise`. Integers are int64,
 * as most programs use.
 */
const userInput = (on: Adapter, name: string, { from, source = 'seed' }: Operand): Value =>
  on.input(source === 'parameters' || source === 'seed' ? name : source, userType(from), from.shape);

const userType = ({ dtype }: Operand['from']): ElementType => (dtype === 'int32' ? 'int64' : dtype);

/** The cotangent of a loss, in the shape of the loss. */
const cotangentOf = (on: Adapter): Value =>
  on.input('dy', (on.sample.call.inputs['dy'] as Operand).from.dtype, on.sample.cotangent);

/** Values that are known at export time. */
const constant = (g: GraphBuilder, name: string, { data, dtype, shape }: HostTensor): Value =>
  g.constant(
    name,
    dtype,
    shape,
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer,
  );

/** The inputs that depend on the reduction of a loss. */
function losses(on: Adapter, kernel: Graph): { readonly [name: string]: Value } {
  const info = (name: string) => kernel.inputs.find((input) => input.name === name);
  const weights = info('classWeights');
  const reduced = reduction(on, info('weights') as ValueInfo, weights && feed(on, weights));
  const made = { ...reduced, ...branches(on, reduced) };
  const cast = Object.entries<Value | undefined>(made).flatMap(([name, value]) => {
    const input = info(name);
    return input && value !== undefined ? [[name, on.g.cast(value, input.dtype)] as const] : [];
  });
  return Object.fromEntries(cast);
}

/** The positions of classes in a tree or in the parts of adaptive softmax. */
function branches({ g, options, sample }: Adapter, { classes = '', weights }: Reduction) {
  const { tree, parameters } = options as { readonly tree?: Tree; readonly parameters?: Adaptive };
  if (tree && sample.call.inputs['tokens']) return paths(g, tree, classes, weights);
  return parameters ? parts(g, parameters.cutoffs, classes) : {};
}

/** A number of the problem, a constant, or an input of the model. */
function feed(on: Adapter, info: ValueInfo): Value {
  const { g, options, sample } = on;
  const { call, cotangent } = sample;
  const { name, dtype } = info;
  const operand = call.inputs[name];
  if (operand === undefined) return g.cast(Number({ ...call.problem }[name as 'n']), dtype);
  const { from, order, source, scale = 1 } = operand;
  if (source === 'dy' && call.inputs['weights']) {
    const dy = g.cast(cotangentOf(on), dtype);
    return cotangent.length === 0 ? on.expand(dy, info) : on.toKernel(dy, cotangent, info);
  }
  const values = source && valuesFor(options, source);
  if (typeof values === 'number') return on.expand(g.cast(values, dtype), info);
  const as = (type: ElementType, value: Value) => (type === dtype ? value : g.cast(value, dtype));
  // An operand without a source belongs to core: the arrays of a tree.
  if ((isGiven(values) || !source) && !(from instanceof Tensor))
    return as(from.dtype, constant(g, name, from));
  const value = userInput(on, name, operand);
  if (scale === 1) return as(userType(from), on.toKernel(value, from.shape, info, order));
  const scaled = g.op('Mul', g.cast(value, 'float64'), scale);
  return g.cast(on.toKernel(scaled, from.shape, info, order), dtype);
}
