import type { FloatType, NestedTree } from '@softmax/core';
import type { Branches } from '../../operations/branches.ts';
import { nodesOf } from '../../oracle/tree.ts';
import type { Trial } from '../../plan/case.ts';
import { LOGITS, random, seedOf } from '../random.ts';

const comb = (from: number, to: number): NestedTree => (from === to ? from : [from, comb(from + 1, to)]);
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, k) => from + k);
const halves = (from: number, to: number): NestedTree => {
  const middle = Math.ceil((from + to) / 2);
  return to - from === 1 ? from : [halves(from, middle), halves(middle, to)];
};

/** Trees of every kind: even, skewed, of several arities, with only children, wide, deep, of one class. */
export const TREES: { readonly [name: string]: NestedTree } = {
  two: [0, 1],
  one: [0],
  binary: halves(0, 13),
  comb: comb(0, 24),
  ternary: [
    [3, 0, 8],
    [1, 5, 2],
    [7, 4, 6],
  ],
  mixed: [[0, 1], [[2], 3, [4, 5]], 6],
  known: [[0, 1], [2, 3, 4], 5],
  wide: range(0, 65),
  'wide-below': [0, range(1, 34), [34, 35]],
};

/** Features and weights of a seed, such that logits are spread as `name` says. */
export function branches(
  trial: Trial,
  tree: string,
  name: string,
  dtype: FloatType,
  rows = 3,
  d = 3,
): Branches {
  const next = random(seedOf(trial.seed, `${tree} ${name}`));
  const shape = TREES[tree] ?? [0, 1];
  const count = nodesOf(shape).rows;
  const h = Array.from({ length: rows * d }, () => next() * 2 - 1);
  return {
    h,
    d,
    weight: LOGITS[name]?.(count * d, next) ?? [],
    bias: LOGITS['uniform-10']?.(count, next).map((v) => v / 4) ?? [],
    tree: shape,
    dtype,
    where: `${tree}, ${name}`,
  };
}

/** Every tree, with every spread of its logits. */
export function* everyTree(trial: Trial, dtype: FloatType): Iterable<Branches> {
  const spreads = dtype === 'float16' ? ['uniform-10', 'ties'] : ['normal-10', 'normal-50'];
  for (const tree of Object.keys(TREES))
    for (const name of spreads) yield branches(trial, tree, name, dtype, trial.quick ? 1 : 2);
}
