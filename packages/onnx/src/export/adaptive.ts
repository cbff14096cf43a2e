import { type AdaptiveParameters, type HostInput, type Input, type Shape, SoftmaxError } from '@softmax/core';
import * as ops from '@softmax/core/ops';

/** The sizes of the parameters of adaptive softmax, which are then inputs of the model. */
export interface AdaptiveLayout {
  /** The first class of each tail, ascending, from at least 1. */
  readonly cutoffs: readonly number[];
  /** The number of all classes. */
  readonly classes: number;
  /** The width of each tail after its projection. */
  readonly widths: readonly number[];
  /** True if the head has a bias. Default: false. */
  readonly headBias?: 'input' | undefined;
}

/** Sizes of parameters that are inputs, or values that become part of the model. */
export type Adaptive = AdaptiveLayout | AdaptiveParameters;

const isLayout = (given: Adaptive): given is AdaptiveLayout => !('head' in given);

/** Returns true for values, which become part of the model. */
export const isKnown = (given: unknown): boolean => typeof given === 'object' && !isLayout(given as Adaptive);

/** Creates parameters of the right shapes for features of width n. */
export function parametersFor(
  given: unknown,
  n: number,
  zeros: (shape: Shape) => HostInput,
): AdaptiveParameters {
  const adaptive = object(given);
  if (!isLayout(adaptive)) return adaptive;
  const { cutoffs, widths, headBias } = adaptive;
  const sizes = sizesOf(adaptive);
  const top = (cutoffs[0] ?? 0) + cutoffs.length;
  return {
    cutoffs,
    head: zeros([top, n]),
    ...(headBias && { headBias: zeros([top]) }),
    tails: widths.map((width, i) => ({
      projection: zeros([width, n]),
      weight: zeros([sizes[i] as number, width]),
    })),
  };
}

/**
 * Lists every length of a dimension of a parameter, or of a result other than h's; the last is the
 * number of all classes.
 */
export function lengthsOf(given: unknown): readonly number[] {
  if (given === undefined) return [];
  const zeros = (shape: Shape) => ({ data: zerosOf(shape), shape });
  const d = isKnown(given) ? shapeOf((given as AdaptiveParameters).head).at(-1) : 1;
  const { problem, results } = ops.adaptiveSoftmax(zeros([1, d ?? 1]), parametersFor(given, 1, zeros));
  const { n, head, tails } = problem;
  const ofTails = tails.flatMap(({ size, width }) => [size, width]);
  return [n, head, head + tails.length, ...ofTails, results.y.shape.at(-1) ?? 0];
}

const zerosOf = (shape: Shape) => new Float32Array(shape.reduce((a, b) => a * b, 1));

/** Returns the shape of any container of values that core accepts. */
export const shapeOf = (values: Input): Shape => ops.softmax(values).results.y.shape;

const object = (given: unknown): Adaptive => {
  if (typeof given === 'object' && given !== null) return given as Adaptive;
  throw new SoftmaxError(
    'INVALID_OPTION',
    'parameters',
    given,
    'parameters, or { cutoffs, classes, widths }',
  );
};

/** The number of classes in each tail. */
function sizesOf(layout: AdaptiveLayout): readonly number[] {
  const { cutoffs, classes, widths, headBias, ...others } = layout;
  const refuse = (name: string, value: unknown, allowed: string) =>
    new SoftmaxError('INVALID_OPTION', `parameters.${name}`, value, allowed);
  const [other] = Object.keys(others);
  if (other !== undefined)
    throw new SoftmaxError('INVALID_OPTION', 'parameters', other, 'cutoffs, classes, widths, headBias');
  const ends = Array.isArray(cutoffs) ? [...cutoffs.slice(1), classes] : [];
  const sizes = ends.map((end: number, i) => end - (cutoffs[i] as number));
  const positive = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
  if (!Array.isArray(cutoffs) || !positive(cutoffs[0]) || !sizes.slice(0, -1).every(positive))
    throw refuse('cutoffs', cutoffs, 'ascending integers from 1');
  if (!positive(sizes.at(-1))) throw refuse('classes', classes, `an integer above ${cutoffs.at(-1)}`);
  if (!Array.isArray(widths) || widths.length !== sizes.length || !widths.every(positive))
    throw refuse('widths', widths, 'an integer of 1 or more for each cutoff');
  if (headBias !== undefined && headBias !== 'input') throw refuse('headBias', headBias, "'input'");
  return sizes;
}
