import type { KernelName } from './kernels.ts';

/** The role of an argument or option in an operation. */
export type Role =
  /** Floats: the rows of the operation, or other values of the same shape. */
  | 'rows'
  /** A cotangent, of the shape of a result. */
  | 'cotangent'
  /** A class for each row; for some losses a distribution instead. */
  | 'labels'
  /** Booleans, broadcast to the rows. */
  | 'mask'
  /** Random numbers, one for each logit. */
  | 'noise'
  /** A number, or one for each row. */
  | 'perRow'
  /** Parameters of the model: class weights, weight rows, biases. */
  | 'parameters'
  | 'tree'
  | 'axis'
  | 'number'
  | 'seed'
  | 'flag'
  | 'choice';

/** The role behind each name of an argument or option. */
export const ROLES = {
  x: 'rows',
  a: 'rows',
  b: 'rows',
  p: 'rows',
  q: 'rows',
  h: 'rows',
  dy: 'cotangent',
  target: 'labels',
  classes: 'labels',
  mask: 'mask',
  noise: 'noise',
  temperature: 'perRow',
  sink: 'perRow',
  tokenWeight: 'perRow',
  weight: 'parameters',
  bias: 'parameters',
  parameters: 'parameters',
  tree: 'tree',
  axis: 'axis',
  depth: 'number',
  k: 'number',
  alpha: 'number',
  softcap: 'number',
  zLoss: 'number',
  labelSmoothing: 'number',
  ignoreIndex: 'number',
  denominator: 'number',
  seed: 'seed',
  stream: 'number',
  keepDims: 'flag',
  returnSign: 'flag',
  hard: 'flag',
  log: 'flag',
  dtype: 'choice',
  emptyRow: 'choice',
  emptyMean: 'choice',
  reduction: 'choice',
} as const;

export type InputName = keyof typeof ROLES;

export const roleOf = (name: InputName): Role => ROLES[name];

/**
 * An operation, described once. The check for unknown options, the ONNX export, the conformance
 * suite, the command line and the docs derive their knowledge of the operation from here.
 */
export interface Operation {
  /** The arguments in order, before the options. */
  readonly arguments: readonly InputName[];
  /** The options; absent if the operation takes no options object. */
  readonly options: readonly InputName[];
  /** The names of the results in order; a single result is returned bare. */
  readonly results: readonly string[];
  /**
   * Additional results, each with the argument or option that requests it; `#` stands for a number.
   */
  readonly extraResults?: { readonly [result: string]: InputName };
  /** The kernels that solve it; the first unless an option or target selects another. */
  readonly kernels: readonly [KernelName, ...KernelName[]];
  /** The target may be `{ probabilities }` instead of classes. */
  readonly probabilities?: boolean;
  /** The operation of which this one is the gradient. */
  readonly gradientOf?: string;
  /**
   * The independence of rows. 'apart': a block of rows can be computed by itself. 'unreduced': only
   * with `reduction: 'none'`. 'together': never, or other arguments have no rows to cut.
   */
  readonly rows: 'apart' | 'unreduced' | 'together';
  /** One line for an index, which says what the operation computes. */
  readonly about: string;
}
