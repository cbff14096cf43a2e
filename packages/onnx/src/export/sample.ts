import { type Call, type FloatType, type Shape, SoftmaxError, Tensor } from '@softmax/core';
import { type InputName, OPERATIONS, type Operation, type OpName } from '@softmax/core/operations';
import * as ops from '@softmax/core/ops';
import { parametersFor } from './adaptive.ts';

type Options = { readonly [name: string]: unknown };
type Lower = (...args: unknown[]) => Call;
const LOWER: ReadonlyMap<string, unknown> = new Map(Object.entries(ops));

/**
 * The form of an option that is an input of the model; `value`: or a number, or for class weights a
 * list.
 */
const INPUTS: { readonly [option: string]: 'input' | 'value' } = {
  mask: 'input',
  noise: 'input',
  tokenWeight: 'input',
  b: 'input',
  dy: 'input',
  temperature: 'value',
  sink: 'value',
  weight: 'value',
  bias: 'value',
};

/** Calls the operation with arbitrary values, so core validates and interprets every option. */
export interface Sample {
  readonly description: Operation;
  readonly call: Call;
  /** The shape of the gradient's cotangent: the result of the operation itself. */
  readonly cotangent: Shape;
}

export function sample(operation: OpName, shape: Shape, dtype: FloatType, given: Options): Sample {
  for (const [option, value] of Object.entries(given)) checkInput(option, value);
  const description = OPERATIONS[operation];
  const { arguments: names, gradientOf } = description;
  const isOption = (name: string) => !(names as readonly string[]).includes(name);
  const options: Options = Object.fromEntries(Object.entries(given).filter(([name]) => isOption(name)));
  const filled = (of: Shape, value: number) => ({
    data: new Float32Array(of.reduce((a, b) => a * b, 1)).fill(value),
    shape: of,
    dtype,
  });
  const zeros = (of: Shape) => filled(of, 0);
  const n = shape.at(-1) ?? 1;
  const reduced = () => ops.logSumExp(filled(shape, 0), axisOf(options)).results.y.shape;
  const cotangent = (): Shape => {
    if (gradientOf === undefined) return [];
    const { dy: _, ...rest } = given;
    return Object.values(sample(gradientOf as OpName, shape, dtype, rest).call.results)[0]?.shape ?? [];
  };
  // A class that is not ignored, so its path is in the sample.
  const kept = names.includes('h') && given['ignoreIndex'] === 0 ? 1 : 0;
  const rows = given['tree'] instanceof Object && 'rows' in given['tree'] ? Number(given['tree'].rows) : 0;
  const parameters = () => parametersFor(given['parameters'], n, zeros);
  const argument = (name: InputName): unknown => {
    if (name === 'depth' || name === 'k' || name === 'tree') return given[name];
    if (name === 'parameters') return parameters();
    if (name === 'weight')
      return given[name] === undefined || given[name] === 'input' ? zeros([rows, n]) : given[name];
    if (name === 'dy') return filled(cotangent(), 0);
    if (name !== 'target') return filled(shape, 0);
    return given['target'] === 'probabilities'
      ? { probabilities: filled(shape, 0) }
      : filled(reduced(), kept);
  };
  const stands: { readonly [option: string]: () => unknown } = {
    mask: () => 1,
    noise: () => filled(shape, 0),
    tokenWeight: () => filled(reduced(), 1),
    b: () => filled(shape, 1),
    dy: () => filled(cotangent(), 0),
    temperature: () => filled([], 1),
    sink: () => filled([], 0),
    bias: () => filled([rows], 0),
    weight: () => filled([shape.at(Number(options['axis'] ?? -1)) ?? 1], 1),
  };
  // A loss contains only the tails with targets.
  const tails = (): Call['inputs'] =>
    names.includes('parameters') ? ops.adaptiveSoftmax(zeros(shape), parameters()).inputs : {};
  // Core generates the noise of these operations from a seed.
  const seed = takes(description, 'seed') && !takes(description, 'noise') ? { seed: 0 } : {};
  const own = Object.entries(options).filter(([name]) => !('seed' in seed && name === 'noise'));
  const valued = own.map(([name, value]) => [name, value === 'input' ? stands[name]?.() : value]);
  const lower = LOWER.get(operation) as Lower;
  const call = lower(...names.map(argument), { ...Object.fromEntries(valued), ...seed });
  return {
    description,
    call: { ...call, inputs: { ...tails(), ...call.inputs, ...noiseOf(call) } },
    cotangent: cotangent(),
  };
}

export const takes = ({ options }: Operation, name: InputName): boolean => options.includes(name);

/**
 * Makes noise from a seed an input of the model, in the shape of its rows, with one value for each
 * decision.
 */
function noiseOf({ inputs, problem, results }: Call): Call['inputs'] {
  const { noise } = inputs;
  if (noise?.source !== 'seed' || noise.from instanceof Tensor) return {};
  const depth = 'depth' in problem ? problem.depth : 0;
  return {
    noise: { ...noise, from: { ...noise.from, shape: [...(results['classes']?.shape ?? []), depth] } },
  };
}

const axisOf = ({ axis }: Options) => (axis === undefined ? {} : { axis: axis as number });

function checkInput(option: string, value: unknown): void {
  const kind = INPUTS[option];
  const refuse = (allowed: string) => new SoftmaxError('INVALID_OPTION', option, value, allowed);
  if (value === 'input' ? kind === undefined : kind === 'input' && value !== undefined)
    throw refuse(kind === 'input' ? `'input': a model is given it when it runs` : 'a value');
  const isThrow = (option === 'emptyRow' || option === 'emptyMean') && value === 'throw';
  if (isThrow) throw refuse('what a model can do: it cannot throw');
  if ((option === 'seed' || option === 'stream') && value !== undefined)
    throw refuse("noise: 'input', such as gumbelNoise gives");
}
