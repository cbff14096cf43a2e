import { type Call, type HostTensor, type Operand, SoftmaxError, Tensor } from '@softmax/core';
import { GraphBuilder, type Value } from '../builder.ts';
import type { Graph, ValueInfo } from '../graph.ts';
import { recipeFor } from '../recipes.ts';
import { renamed } from '../rename.ts';
import { Adapter } from './adapter.ts';
import { Lengths } from './dimensions.ts';
import { ARGUMENTS, type Argument, type ExportName } from './operations.ts';
import type { Dimension, ExportSettings } from './options.ts';
import { reduction } from './reduction.ts';
import { sample } from './sample.ts';

/** What an exported operation is before it is written. */
export interface Head {
  /** Its values are named as the operation's arguments, options and results. */
  readonly graph: Graph;
  /** The input that an existing model's output can take the place of. */
  readonly first: string;
}

type Options = { readonly [name: string]: unknown };

/** The graph of an operation on tensors of any rank, around the recipe of its kernel. */
export function head(
  operation: ExportName,
  given: Options,
  { dtype, precision, shape }: Required<Pick<ExportSettings, 'dtype' | 'precision' | 'shape'>>,
): Head {
  const names: readonly Argument[] = ARGUMENTS[operation];
  const options = NOISY.has(operation) ? { noise: 'input', ...given } : given;
  const lengths = new Lengths([...Object.values(options), ...Object.values(options['tree'] ?? {})]);
  const lowered = sample(operation, lengths.of(shape), dtype, options);
  const { call } = lowered;
  const kernel = recipeFor(precision, long(call, shape))?.graph();
  if (!kernel)
    throw new SoftmaxError('UNSUPPORTED', 'toOnnx', `${operation} of ${dtype}`, 'an operation with a graph');
  const first = names[0] as Argument;
  const g = new GraphBuilder(operation);
  const on = new Adapter(g, options, lowered, lengths, rowsOf(call, first));
  for (const name of names) {
    const operand = call.inputs[name === 'target' && call.inputs['classes'] ? 'classes' : name];
    if (operand && !isGiven(options[name])) userInput(on, name, operand);
  }
  const made = call.inputs['weights'] ? losses(on, kernel) : {};
  const fed = kernel.inputs.map((info) => [info.name, made[info.name] ?? feed(on, info)] as const);
  const outputs = insert(g, kernel, new Map(fed));
  for (const [name, { shape, order, dtype }] of Object.entries(call.results)) {
    const info = kernel.outputs.find((output) => output.name === name) as ValueInfo;
    const { value, dims } = on.fromKernel(outputs.get(name) as Value, info, shape, order);
    g.output(name, value, dtype, dims);
  }
  return { graph: g.graph, first };
}

const NOISY: ReadonlySet<string> = new Set([
  'gumbelSoftmax',
  'gumbelSoftmaxGrad',
  'sample',
  'sampleWithoutReplacement',
]);

/** A recipe for any length, where the model is not told how long its rows are. */
const long = (call: Call, shape: readonly Dimension[]): Call =>
  shape.every((d) => typeof d === 'number') ? call : { ...call, problem: { ...call.problem, n: 2 ** 24 } };

/** The shape whose axes, in the kernel's order, make up its rows; one-hot's is that of its result. */
function rowsOf({ inputs, results }: Call, first: Argument) {
  const { from, order } = inputs[first] as Operand;
  const shape = first === 'classes' ? (results['y']?.shape ?? []) : from.shape;
  return order ? order.map((d) => shape[d] as number) : shape;
}

/** Whether an argument or an option has values, which become part of the model. */
const isGiven = (value: unknown): boolean => typeof value === 'object' && value !== null;

/** Integers are int64, as most programs have them. */
const userInput = (on: Adapter, name: string, { from }: Operand): Value =>
  on.input(name, from.dtype === 'int32' ? 'int64' : from.dtype, from.shape);

/** The nodes of a kernel, named under it, with these values for its inputs; the values that its outputs have. */
function insert(
  g: GraphBuilder,
  kernel: Graph,
  inputs: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const nameOf = (name: string) => String(inputs.get(name) ?? `${kernel.name}/${name}`);
  g.add(renamed(kernel, nameOf));
  return new Map(kernel.outputs.map(({ name }) => [name, nameOf(name)]));
}

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
  const made = reduction(on, info('weights') as ValueInfo, weights && feed(on, weights));
  const cast = Object.entries(made).flatMap(([name, value]) => {
    const input = info(name);
    return input && value !== undefined ? [[name, on.g.cast(value, input.dtype)] as const] : [];
  });
  return Object.fromEntries(cast);
}

/** What the kernel takes under a name: a number of the problem, a constant, or an input of the model. */
function feed(on: Adapter, info: ValueInfo): Value {
  const { g, options, sample } = on;
  const { call, cotangent } = sample;
  const { name, dtype } = info;
  const operand = call.inputs[name];
  if (operand === undefined) return g.cast(Number({ ...call.problem }[name as 'n']), dtype);
  const { from, order } = operand;
  if (name === 'dy' && call.inputs['weights']) {
    const dy = g.cast(on.input(name, from.dtype, cotangent), dtype);
    return cotangent.length === 0 ? on.expand(dy, info) : on.toKernel(dy, cotangent, info);
  }
  const option = name === 'classWeights' ? 'weight' : name;
  const given = name === 'target' ? 'input' : options[option];
  if (typeof given === 'number') return on.expand(g.cast(given, dtype), info);
  // The arrays of a tree.
  const own = from.dtype === 'int32' && name !== 'classes';
  if ((isGiven(given) || own) && !(from instanceof Tensor)) return g.cast(constant(g, name, from), dtype);
  const value = userInput(on, option, operand);
  const scale = call.kernel === 'gumbelTopK' && name === 'noise' ? Number(options['temperature'] ?? 1) : 1;
  const scaled = scale === 1 ? value : g.op('Mul', g.cast(value, 'float64'), scale);
  return g.cast(on.toKernel(scaled, from.shape, info, order), dtype);
}
