import { type Call, type HostTensor, type Operand, Tensor, type Tree } from '@softmax/core';
import type { GraphBuilder, Value } from '../model/builder.ts';
import type { ElementType, Graph, ValueInfo } from '../model/graph.ts';
import type { Adapter } from './adapter.ts';
import { type Adaptive, isKnown } from './adaptive.ts';
import type { Argument } from './operations.ts';
import { parts } from './parts.ts';
import { paths } from './paths.ts';
import { type Reduction, reduction, targetOf } from './reduction.ts';

type Options = { readonly [name: string]: unknown };

/** Makes the arguments inputs of the model, in their order, but for those that are values. */
export function declare(on: Adapter, names: readonly Argument[]): void {
  const { options, sample } = on;
  const { inputs } = sample.call;
  for (const name of names.flatMap((name) => (name === 'parameters' ? parametersIn(sample.call) : [name]))) {
    const operand = inputs[name];
    if (name === 'target' && options['target'] !== 'probabilities') targetOf(on);
    else if (name === 'dy' && inputs['weights']) cotangentOf(on);
    else if (operand && !isGiven(valuesFor(options, name))) userInput(on, name, operand);
  }
}

/** What each input of the kernel is. */
export function feeds(on: Adapter, kernel: Graph): ReadonlyMap<string, Value> {
  const made = on.sample.call.inputs['weights'] ? losses(on, kernel) : {};
  return new Map(kernel.inputs.map((info) => [info.name, made[info.name] ?? feed(on, info)]));
}

const PARAMETER = /^(head|headBias|(projection|tail)\d+)$/;
const parametersIn = ({ inputs }: Call): readonly string[] =>
  Object.keys(inputs).filter((name) => PARAMETER.test(name));

/** What an option holds for an input of the kernel: values, or 'input'. */
function valuesFor(options: Options, name: string): unknown {
  if (name === 'target') return 'input';
  if (PARAMETER.test(name)) return isKnown(options['parameters']) ? options['parameters'] : 'input';
  return options[name];
}

/** Whether an argument or an option has values, which become part of the model. */
export const isGiven = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Integers are int64, as most programs have them. */
const userInput = (on: Adapter, name: string, { from }: Operand): Value =>
  on.input(name, userType(from), from.shape);

const userType = ({ dtype }: Operand['from']): ElementType => (dtype === 'int32' ? 'int64' : dtype);

/** The cotangent of a loss, in the loss' shape. */
const cotangentOf = (on: Adapter): Value =>
  on.input('dy', (on.sample.call.inputs['dy'] as Operand).from.dtype, on.sample.cotangent);

/** Values that are known when the model is written. */
const constant = (g: GraphBuilder, name: string, { data, dtype, shape }: HostTensor): Value =>
  g.constant(
    name,
    dtype,
    shape,
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice().buffer,
  );

/** What the reduction of a loss decides. */
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

/** Where the classes lie in a tree or in the parts of adaptive softmax. */
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
  const { from, order } = operand;
  if (name === 'dy' && call.inputs['weights']) {
    const dy = g.cast(cotangentOf(on), dtype);
    return cotangent.length === 0 ? on.expand(dy, info) : on.toKernel(dy, cotangent, info);
  }
  const option = name === 'classWeights' ? 'weight' : name;
  const given = valuesFor(options, option);
  if (typeof given === 'number') return on.expand(g.cast(given, dtype), info);
  // The arrays of a tree.
  const own = from.dtype === 'int32' && name !== 'classes';
  const as = (type: ElementType, value: Value) => (type === dtype ? value : g.cast(value, dtype));
  if ((isGiven(given) || own) && !(from instanceof Tensor)) return as(from.dtype, constant(g, name, from));
  const value = userInput(on, option, operand);
  const scale = call.kernel === 'gumbelTopK' && name === 'noise' ? Number(options['temperature'] ?? 1) : 1;
  if (scale === 1) return as(userType(from), on.toKernel(value, from.shape, info, order));
  const scaled = g.op('Mul', g.cast(value, 'float64'), scale);
  return g.cast(on.toKernel(scaled, from.shape, info, order), dtype);
}
