import { type Cut, cut } from '../axis.ts';
import type { Operand } from '../call.ts';
import { floatType } from '../dtype.ts';
import { SoftmaxError } from '../errors.ts';
import type { TreeSizes } from '../hierarchy.ts';
import type { HostInput } from '../host-input.ts';
import { floats, type Input } from '../input.ts';
import type { Problem } from '../kernels.ts';
import { fitsShape } from '../shape.ts';
import { Tree } from '../tree/tree.ts';
import { REDUCTION, type Reduction, type ReductionOptions, reduction } from './reduction.ts';
import { classesOf } from './targets.ts';

export interface HierarchicalOptions {
  /** A number for each weight row, added to its logit: [tree.rows]. Default: none. */
  readonly bias?: Input;
}

export interface TargetOptions {
  /** Rows with this target are skipped: loss, log-probability and gradient 0. Default: −100. */
  readonly ignoreIndex?: number;
}
export const LOSS: readonly string[] = ['ignoreIndex', ...REDUCTION];

/** The rows of h, [..., d] with d ≥ 1, as the problem that every kernel of hierarchical and adaptive softmax has. */
export function features(input: Input): { h: Operand; rows: Cut; problem: Problem } {
  const from = floats(input, 'h');
  const rows = cut(from.shape);
  const { outer, n, inner } = rows;
  if (n === 0) throw new SoftmaxError('INVALID_SHAPE', 'h', [...from.shape], '[..., d] with d at least 1');
  return { h: { from }, rows, problem: { outer, n, inner, dtype: floatType(from.dtype) } };
}

/** Floats of the same type as h, in the shape that they must have; `undefined` is a length that is theirs, at least 1. */
export function matrix(
  name: string,
  input: Input,
  { dtype }: Problem,
  shape: readonly (number | undefined)[],
): Operand {
  const from = floats(input, name, dtype);
  const own = from.shape[0] ?? 0;
  if (shape[0] === undefined && own === 0)
    throw new SoftmaxError(
      'INVALID_SHAPE',
      name,
      [...from.shape],
      `[width, ${shape[1]}], a width of at least 1`,
    );
  fitsShape(
    name,
    from.shape,
    shape.map((length) => length ?? own),
  );
  return { from };
}

/** The class of each row (−1 where ignored), and how the losses are reduced. */
export function targets(
  target: HostInput,
  { ignoreIndex = -100, ...options }: TargetOptions & ReductionOptions,
  rows: Cut,
  n: number,
  { dtype }: Problem,
  sign: 1 | -1 = 1,
): Reduction & { readonly classes: Int32Array } {
  if (!Number.isInteger(ignoreIndex))
    throw new SoftmaxError('INVALID_OPTION', 'ignoreIndex', ignoreIndex, 'an integer');
  const classes = classesOf(target, { ...rows, n }, ignoreIndex);
  const ignored = (row: number) => classes[row] === -1;
  const { weights, ...rest } = reduction(options, rows, dtype, () => 1, ignored);
  return { classes, ...rest, weights: { ...weights, data: weights.data.map((w) => sign * w) } };
}

export interface Hierarchical {
  readonly rows: Cut;
  readonly problem: Problem;
  readonly sizes: TreeSizes;
  readonly inputs: { readonly h: Operand; readonly weight: Operand; readonly bias: Operand | undefined };
  /** Whether there is nothing to decide. */
  readonly nothing: boolean;
}

/** What every operation of hierarchical softmax checks. */
export function hierarchical(input: Input, weight: Input, tree: Tree, bias: Input | undefined): Hierarchical {
  if (!(tree instanceof Tree))
    throw new SoftmaxError(
      'INVALID_INPUT',
      'tree',
      tree,
      'one of huffmanTree, balancedTree, nestedTree, treeOf',
    );
  const { h, rows, problem } = features(input);
  const inputs = {
    h,
    weight: matrix('weight', weight, problem, [tree.rows, rows.n]),
    bias: bias === undefined ? undefined : matrix('bias', bias, problem, [tree.rows]),
  };
  const sizes = { rows: tree.rows, nodes: tree.parents.length, leaves: tree.leaves };
  return { inputs, rows, problem, sizes, nothing: problem.outer === 0 || tree.rows === 0 };
}

export const ints = (data: Int32Array): Operand => ({ from: { data, dtype: 'int32', shape: [data.length] } });
