import { type FloatType, SoftmaxError } from '@softmax/core';
import type { Precision } from '../runtime/claims.ts';
import { PRECISIONS } from '../runtime/options.ts';

/** A dimension: its length, or a name for a length that is known only at run time. */
export type Dimension = number | string;

/** Options of every exported model, in addition to the options of its operation. */
interface ModelSettings {
  /** The float type of the operation's tensors. Default: 'float32'. */
  readonly dtype?: FloatType;
  /** The precision of the graph, as in the backend. */
  readonly precision?: Precision;
  /**
   * Other names of inputs and outputs: `{ x: 'logits' }`. Default: the names of the operation's
   * arguments, options and results.
   */
  readonly names?: { readonly [name: string]: string };
}

export interface ExportSettings extends ModelSettings {
  /** The dimensions of the first argument. Default: `['batch', 'n']`. */
  readonly shape?: readonly Dimension[];
  /** The version of the operators, 13 to 26. Default: 17. */
  readonly opset?: number;
  /** The version of the file format (IR version), 4 to 13. Default: 8. */
  readonly ir?: number;
  readonly producer?: string;
  /** Further metadata of the model, beside the operation, its options and the precision. */
  readonly metadata?: { readonly [key: string]: string };
}

export const SETTINGS: readonly string[] = [
  'dtype',
  'precision',
  'names',
  'shape',
  'opset',
  'ir',
  'producer',
  'metadata',
];
export const OPSETS: { readonly low: number; readonly high: number } = { low: 13, high: 26 };
/** The maximum number of axes of a tensor, as in core. */
export const MAX_RANK: number = 64;
const IR = { low: 4, high: 13 };

/**
 * Returns true for an object of names and values: not text, a list or a Map, whose entries would
 * not be names.
 */
export const isMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(Symbol.iterator in value);

/** The first elements of a list: an iterator would not end if reading one adds another. */
function upTo<T>(count: number, list: readonly T[]): T[] {
  const first: T[] = [];
  for (let k = 0; k < list.length && k < count; k++) first.push(list[k] as T);
  return first;
}

/** Validates the settings and fills in the defaults. */
export function checkedSettings(given: ExportSettings): Required<ExportSettings> {
  const refuse = (option: string, value: unknown, allowed: string) =>
    new SoftmaxError('INVALID_OPTION', option, value, allowed);
  const {
    dtype = 'float32',
    precision = 'accurate',
    names = {},
    shape = ['batch', 'n'],
    opset = 17,
    ir = 8,
    producer = '@softmax/onnx',
    metadata = {},
  } = given;
  if (!['float16', 'float32', 'float64'].includes(dtype))
    throw refuse('dtype', dtype, 'float16, float32, float64');
  if (!PRECISIONS.includes(precision)) throw refuse('precision', precision, PRECISIONS.join(', '));
  const isDimension = (d: unknown) =>
    typeof d === 'string' ? d !== '' : Number.isSafeInteger(d) && Number(d) > 0;
  const dims = Array.isArray(shape) ? upTo(MAX_RANK + 1, shape) : undefined;
  if (!dims || dims.length > MAX_RANK || !dims.every(isDimension))
    throw refuse('shape', shape, `at most ${MAX_RANK} names, or lengths of 1 or more`);
  for (const [option, value, { low, high }] of [
    ['opset', opset, OPSETS],
    ['ir', ir, IR],
  ] as const)
    if (!Number.isInteger(value) || value < low || value > high)
      throw refuse(option, value, `an integer in [${low}, ${high}]`);
  if (typeof producer !== 'string') throw refuse('producer', producer, 'text');
  for (const [option, map] of Object.entries({ names, metadata }))
    if (!isMap(map) || !Object.values(map).every((value) => typeof value === 'string' && value !== ''))
      throw refuse(option, map, 'text for each name');
  return { dtype, precision, names, shape: dims, opset, ir, producer, metadata };
}

/**
 * Builds a model; any other error while an option is read becomes the cause of an INVALID_OPTION.
 */
export function typed<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof SoftmaxError) throw error;
    const allowed = 'options that can be read and written as JSON';
    throw new SoftmaxError('INVALID_OPTION', 'options', 'what cannot be read', allowed, error);
  }
}
