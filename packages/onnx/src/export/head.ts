import { type AdaptiveParameters, type Call, type Input, type Operand, SoftmaxError } from '@softmax/core';
import { type InputName, OPERATIONS, type OpName } from '@softmax/core/operations';
import { recipeFor } from '../graphs/recipes.ts';
import { GraphBuilder, type Value } from '../model/builder.ts';
import type { Graph, ValueInfo } from '../model/graph.ts';
import { renamed, unused } from '../model/rename.ts';
import { Adapter } from './adapter.ts';
import { isKnown, lengthsOf, shapeOf } from './adaptive.ts';
import { Lengths } from './dimensions.ts';
import { declare, feeds, isGiven } from './feed.ts';
import type { Dimension, ExportSettings } from './options.ts';
import { sample, takes } from './sample.ts';

/** An exported operation before it is written. */
export interface Head {
  /** Its values have the names of the operation's arguments, options and results. */
  readonly graph: Graph;
  /** The input that an existing model's output can replace. */
  readonly first: string;
}

/** Values of the call that determines the shapes of the results. */
const MAX_SAMPLE = 2 ** 20;

type Options = { readonly [name: string]: unknown };

/** The graph of an operation on tensors of any rank, around the recipe of its kernel. */
export function head(
  operation: OpName,
  given: Options,
  { dtype, precision, shape }: Required<Pick<ExportSettings, 'dtype' | 'precision' | 'shape'>>,
): Head {
  const { arguments: names } = OPERATIONS[operation];
  const options = takes(OPERATIONS[operation], 'seed') ? { noise: 'input', ...given } : given;
  const dims = withWidth(shape, names, options);
  const sizes = [...Object.values(options), ...Object.values(options['tree'] ?? {})];
  const weights = isGiven(options['weight']) ? shapeOf(options['weight'] as Input) : [];
  const lengths = new Lengths([...sizes, ...weights, ...lengthsOf(options['parameters'])]);
  const sampled = lengths.of(dims);
  if (sampled.reduce((size, d) => size * d, 1) > MAX_SAMPLE)
    throw new SoftmaxError(
      'INVALID_SHAPE',
      'shape',
      [...dims],
      'lengths up to 16, and those that options have too, of a product of at most 2^20',
    );
  const lowered = sample(operation, sampled, dtype, options);
  const { call } = lowered;
  if (call.fill !== undefined)
    throw new SoftmaxError('UNSUPPORTED', 'toOnnx', `${operation} of nothing`, 'something to compute');
  const first = names[0] as InputName;
  const g = new GraphBuilder();
  const on = new Adapter(g, options, lowered, lengths, rowsOf(call, first));
  // If the row length is unknown, the recipe for any length is used.
  const problem = { ...call.problem, n: on.known ?? Number.POSITIVE_INFINITY };
  const kernel = recipeFor(precision, { ...call, problem }).graph();
  declare(on, names);
  const outputs = insert(g, kernel, feeds(on, kernel));
  for (const [name, { shape, order, dtype }] of Object.entries(call.results)) {
    const info = kernel.outputs.find((output) => output.name === name) as ValueInfo;
    const own = outputs.get(name) as Value;
    const { value, dims: to } = info.dims.includes('touched')
      ? { value: own, dims: [touchedIn(dims), ...on.dimensions(shape.slice(1))] }
      : on.fromKernel(own, info, shape, order);
    // The kernel has already rounded it.
    g.result(name, value, dtype, to);
  }
  return { graph: { ...g.graph, name: operation }, first };
}

/** The name of the number of weight rows on the paths, which is known only after the run. */
const touchedIn = (dims: readonly Dimension[]): string => unused('touched', (name) => dims.includes(name));

/** Weight values determine the number of features. */
function withWidth(
  shape: readonly Dimension[],
  names: readonly InputName[],
  { weight, parameters }: Options,
): readonly Dimension[] {
  const given = names.includes('weight')
    ? weight
    : isKnown(parameters)
      ? (parameters as AdaptiveParameters).head
      : 'input';
  const width = isGiven(given) ? shapeOf(given as Input).at(-1) : undefined;
  return width !== undefined && typeof shape.at(-1) === 'string' ? [...shape.slice(0, -1), width] : shape;
}

/**
 * The shape whose axes, in the kernel's order, form its rows; for one-hot the shape of the result.
 */
function rowsOf({ inputs, results }: Call, first: InputName) {
  const { from, order } = inputs[first] as Operand;
  const shape = first === 'classes' ? (results['y']?.shape ?? []) : from.shape;
  return order ? order.map((d) => shape[d] as number) : shape;
}

/**
 * The nodes of a kernel, named under it, with these values for its inputs; the values that its
 * outputs have.
 */
function insert(
  g: GraphBuilder,
  kernel: Graph,
  inputs: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const nameOf = (name: string) => String(inputs.get(name) ?? `${kernel.name}/${name}`);
  g.add(renamed(kernel, nameOf));
  return new Map(kernel.outputs.map(({ name }) => [name, nameOf(name)]));
}
