import type { Axis, Shape } from '@softmax/core';
import { OPERATIONS, type OpName } from '@softmax/core/operations';
import { isGradient, isLoss, reducesRows, takes } from '../../operations/described.ts';

const SHAPES: readonly Shape[] = [
  [],
  [3],
  [2, 3],
  [2, 3, 2],
  [2, 1, 3, 2],
  [2, 2, 1, 3, 2],
  [2, 1, 2, 3, 1, 2],
  [1, 2, 2, 1, 2, 3, 2],
];

export interface Shaping {
  readonly x: number[];
  readonly shape: Shape;
  readonly axis?: Axis;
  readonly where: string;
}

const shaping = (shape: Shape, axis: Axis | undefined): Shaping => {
  const size = shape.reduce((a, b) => a * b, 1);
  // No two elements alike, so that one in the wrong place is seen.
  const x = Array.from({ length: size }, (_, k) => ((k * 37) % 101) / 16 - 3);
  const where = `shape [${shape}], axis ${JSON.stringify(axis) ?? 'by default'}`;
  return axis === undefined ? { x, shape, where } : { x, shape, axis, where };
};

/** Every rank to 7, every axis from both ends. */
export const singleAxes: readonly Shaping[] = SHAPES.flatMap((shape) => {
  const rank = shape.length || 1;
  const axes = Array.from({ length: 2 * rank }, (_, k) => k - rank);
  return [undefined, ...axes].map((axis) => shaping(shape, axis));
});

/** Pairs and triples, neighbours or not, in any order; all; none. */
export const severalAxes: readonly Shaping[] = [
  shaping([], null),
  shaping([], []),
  shaping([4], null),
  shaping([4], []),
  ...[null, [], [0, 1], [1, 0], [0, 2], [2, 0], [-1, 0], [1, 2], [-2, -1], [0, 1, 2], [1]].map((axis) =>
    shaping([2, 3, 4], axis),
  ),
  ...[
    [0, 2],
    [1, 3],
    [0, 3],
    [0, 1, 3],
    [3, 1, 0],
    [0, -1],
    [2, 3],
  ].map((axis) => shaping([2, 3, 2, 2], axis)),
  ...[
    [0, 2, 4],
    [1, 3],
    [0, 4],
    [1, 2, 3],
  ].map((axis) => shaping([2, 2, 3, 1, 2], axis)),
  ...[
    [0, 2, 5],
    [1, 4],
    [-1, -3, 0],
  ].map((axis) => shaping([2, 1, 2, 3, 1, 2], axis)),
  ...[
    [0, 1, 3, 5],
    [2, 4, 6],
    [6, 0],
  ].map((axis) => shaping([1, 2, 2, 1, 2, 3, 2], axis)),
];

/** Shapes without an element, and what is left of them. */
export const EMPTY: readonly (readonly [shape: Shape, axis: number, reduced: Shape])[] = [
  [[0], 0, []],
  [[0, 3], 1, [0]],
  [[0, 3], 0, [3]],
  [[3, 0], 1, [3]],
  [[2, 0, 3], 1, [2, 3]],
  [[2, 0, 3], -1, [2, 0]],
];

/** Classes along one axis, never several. */
export const hasClassAxis = (op: OpName): boolean => isLoss(op) || isDraw(op);

/** Whether it draws classes, by noise for each logit. */
const isDraw = (op: OpName): boolean => OPERATIONS[op].kernels.includes('gumbelTopK');
/** Those of sparsemax and entmax, which take no class weights and no smoothing. */
export const isSparseLoss = (op: OpName): boolean => isLoss(op) && !takes(op, 'labelSmoothing');

/** One result for each row. */
export const isSum = (op: OpName): boolean => reducesRows(op) && !isGradient(op);
/** One cotangent for each row. */
export const isSumGrad = (op: OpName): boolean => reducesRows(op) && isGradient(op);
