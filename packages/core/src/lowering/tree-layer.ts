import type { HostTensor, Operand } from '../contract/call.ts';
import type { Problem } from '../contract/kernels.ts';
import type { InputName } from '../contract/operation.ts';
import type { TreeSizes } from '../contract/tree-kernels.ts';
import { SoftmaxError } from '../errors.ts';
import { floats, type Input } from '../input/input.ts';
import { type Cut, cut } from '../layout/axis.ts';
import { floatType } from '../layout/dtype.ts';
import { fitsShape } from '../layout/shape.ts';
import { Tree } from '../tree/tree.ts';
import { REDUCTION_OPTIONS, type Reduction, type ReductionOptions, reduction } from './reduction.ts';
import { classesOf } from './targets.ts';

export interface HierarchicalOptions {
  /** The bias of each weight row, added to its logit: [tree.rows]. Default: none. */
  readonly bias?: Input;
}

export interface TargetOptions {
  /**
   * Rows with this target are skipped: their loss, log-probability and gradient are 0.
   * Default: −100.
   */
  readonly ignoreIndex?: number;
}
export const TARGET_OPTIONS: readonly (keyof (TargetOptions & ReductionOptions))[] = [
  'ignoreIndex',
  ...REDUCTION_OPTIONS,
];

/**
 * Cuts h, [..., d] with d ≥ 1, into rows, and returns the problem that hierarchical and adaptive
 * softmax share.
 */
export function features(input: Input): { h: Operand; rows: Cut; problem: Problem } {
  const from = floats(input, 'h');
  const rows = cut(from.shape);
  const { outer, n, inner } = rows;
  if (n === 0) throw new SoftmaxError('INVALID_SHAPE', 'h', [...from.shape], '[..., d] with d at least 1');
  return { h: { from, source: 'h' }, rows, problem: { outer, n, inner, dtype: floatType(from.dtype) } };
}

/**
 * Converts to floats of the type of h, in a required shape; a length that is `undefined` in it may
 * be any number from 1.
 */
export function matrix(
  name: string,
  input: Input,
  { dtype }: Problem,
  shape: readonly (number | undefined)[],
  source: InputName,
): Operand {
  const from = floats(input, name, dtype);
  const firstLength = from.shape[0] ?? 0;
  if (firstLength === 0 && shape[0] === undefined)
    throw new SoftmaxError('INVALID_SHAPE', name, [...from.shape], `[k, ${shape[1]}], k at least 1`);
  fitsShape(
    name,
    from.shape,
    shape.map((length) => length ?? firstLength),
  );
  return { from, source };
}

/** Returns the class of each row (−1 if ignored) and the reduction of the losses. */
export function targets(
  target: Input,
  options: TargetOptions & ReductionOptions,
  rows: Cut,
  n: number,
  { dtype }: Problem,
  sign: 1 | -1,
): Reduction & { readonly classes: Int32Array } {
  const classes = classesOf(target, { ...rows, n }, options.ignoreIndex);
  const reduced = reduction(options, rows, dtype, classes);
  return {
    classes,
    ...reduced,
    weights: { ...reduced.weights, data: reduced.weights.data.map((w) => sign * w) },
  };
}

export interface Hierarchical {
  readonly rows: Cut;
  readonly problem: Problem & TreeSizes;
  readonly inputs: { readonly h: Operand; readonly weight: Operand; readonly bias: Operand | undefined };
  /** The fill value 0 if there are no decisions; otherwise undefined. */
  readonly fill: 0 | undefined;
}

/** Validates the inputs that all operations of hierarchical softmax share. */
export function hierarchical(
  input: Input,
  weight: Input,
  tree: Tree,
  { bias }: HierarchicalOptions,
): Hierarchical {
  if (!(tree instanceof Tree))
    throw new SoftmaxError(
      'INVALID_INPUT',
      'tree',
      tree,
      'one of huffmanTree, balancedTree, nestedTree, treeOf',
    );
  const { h, rows, problem } = features(input);
  const { leaves, parents } = tree;
  return {
    rows,
    problem: { ...problem, rows: tree.rows, nodes: parents.length, leaves },
    inputs: {
      h,
      weight: matrix('weight', weight, problem, [tree.rows, rows.n], 'weight'),
      bias: bias === undefined ? undefined : matrix('bias', bias, problem, [tree.rows], 'bias'),
    },
    fill: problem.outer === 0 || tree.rows === 0 ? 0 : undefined,
  };
}

interface Integers {
  readonly from: HostTensor & { readonly data: Int32Array };
}

/** Wraps integer arrays that core owns as operands, by the names of their inputs. */
export function ints<N extends string>(
  arrays: { readonly [name in N]: Int32Array },
): {
  readonly [name in N]: Integers;
} {
  const operands = {} as { [name in N]: Integers };
  for (const name of Object.keys(arrays) as N[]) {
    const data = arrays[name];
    operands[name] = { from: { data, dtype: 'int32', shape: [data.length], lasting: true } };
  }
  return operands;
}

/** The arrays of a tree, for the kernels that traverse it. */
export const walked = ({
  parents,
  first,
  rowOf,
  classOf,
  nodeOf,
}: Tree): { readonly [name in 'parents' | 'first' | 'rowOf' | 'classOf' | 'nodeOf']: Integers } =>
  ints({ parents, first, rowOf, classOf, nodeOf });
