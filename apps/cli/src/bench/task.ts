import { balancedTree, type Tree } from '@softmax/core';

export const OPS = [
  'softmax',
  'logSoftmax',
  'crossEntropyGrad',
  'sparsemax',
  'hierarchicalLoss',
  'sample',
] as const;
export type BenchOp = (typeof OPS)[number];

/** outer × n × inner elements; rows of n along the axis in the middle. */
export interface Size {
  readonly name: string;
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

const size = (outer: number, n: number, inner = 1): Size => ({
  name: inner === 1 ? `${outer}×${n}` : `${outer}×${n}×${inner}`,
  outer,
  n,
  inner,
});

/** The last but one of three axes is the axis of the last size. */
export const SIZES: readonly Size[] = [
  size(1, 10),
  size(1, 1000),
  size(32, 1000),
  size(1, 50257),
  size(64, 50257),
  size(1, 2 ** 22),
  size(8, 1000, 64),
];

/** What is measured where nobody asks for something else: softmax at every size, the others at three. */
export const planned = (op: BenchOp, { name }: Size): boolean =>
  op === 'softmax' || ['1×1000', '32×1000', '1×50257'].includes(name);

/** Inputs that every system solves alike. */
export interface Task extends Size {
  readonly op: BenchOp;
  readonly shape: readonly number[];
  readonly axis: number;
  /** Logits, uniform in [−10, 10]; of a hierarchical loss features, [outer, WIDTH]. */
  readonly x: Float32Array;
  /** A class for each row. */
  readonly labels: Int32Array;
  /** Of a hierarchical loss: a balanced binary tree of n classes. */
  readonly tree?: { readonly tree: Tree; readonly weight: Float32Array };
}

/** The length of the features of a hierarchical loss. */
export const WIDTH = 64;

/** A task with values drawn afresh. */
export function taskOf(op: BenchOp, of: Size): Task {
  const { outer, n, inner } = of;
  const drawn = (length: number, to: number) =>
    Float32Array.from({ length }, () => (2 * Math.random() - 1) * to);
  const labels = Int32Array.from({ length: outer * inner }, () => Math.floor(Math.random() * n));
  const axis = inner === 1 ? -1 : 1;
  if (op !== 'hierarchicalLoss') {
    const shape = inner === 1 ? [outer, n] : [outer, n, inner];
    return { ...of, op, shape, axis, labels, x: drawn(outer * n * inner, 10) };
  }
  const tree = balancedTree(n);
  const weight = drawn(tree.rows * WIDTH, 1);
  return {
    ...of,
    op,
    shape: [outer, WIDTH],
    axis,
    labels,
    x: drawn(outer * WIDTH, 1),
    tree: { tree, weight },
  };
}
