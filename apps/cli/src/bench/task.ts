import { balancedTree, type Tree } from '@softmax/core';

import type { BenchOp, Size } from './plan.ts';

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
