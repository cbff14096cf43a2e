import type { KernelName } from './kernels.ts';

/** The part that an argument or an option plays in an operation. */
export type Role =
  /** Floats whose rows the operation works on, or others of the same shape. */
  | 'rows'
  /** A cotangent, of the shape of a result. */
  | 'cotangent'
  /** A class for each row; of some losses a distribution instead. */
  | 'labels'
  /** Booleans, broadcast to the rows. */
  | 'mask'
  /** Random numbers, one for each logit. */
  | 'noise'
  /** A number, or one for each row. */
  | 'perRow'
  /** Numbers of the model: weights of classes, weight rows, biases. */
  | 'parameters'
  | 'tree'
  | 'axis'
  | 'number'
  | 'seed'
  | 'flag'
  | 'choice';

/** Every name that an operation gives to an argument or an option, and the part that it plays. */
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
 * An operation, described once. The check for unknown options, the ONNX export, the conformance suite, the command line
 * and the docs all derive what they know of it from here.
 */
export interface Operation {
  /** Its arguments in order, before the options. */
  readonly arguments: readonly InputName[];
  /** Its options; none where it takes no options object. */
  readonly options: readonly InputName[];
  /** The names of its results in order; a single one is given bare. */
  readonly results: readonly string[];
  /** Further results, each with the argument or option that asks for it; `#` stands for a number. */
  readonly extraResults?: { readonly [result: string]: InputName };
  /** The kernels that solve it; the first one where no option and no target asks for another. */
  readonly kernels: readonly [KernelName, ...KernelName[]];
  /** Whether its target may be `{ probabilities }` instead of classes. */
  readonly probabilities?: boolean;
  /** Of a gradient: the operation that it differentiates. */
  readonly gradientOf?: string;
  /**
   * Whether a block of rows can be computed by itself: 'apart'; 'unreduced' where only with `reduction: 'none'`;
   * 'together' where not, or where other arguments have no rows to cut.
   */
  readonly rows: 'apart' | 'unreduced' | 'together';
  /** One line for an index: what it computes. */
  readonly about: string;
}
