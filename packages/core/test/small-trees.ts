import { expect } from 'vitest';
import { balancedTree, huffmanTree, nestedTree, type Tree } from '../src/index.ts';

export interface Matrix {
  readonly data: Float64Array<ArrayBuffer>;
  readonly shape: readonly number[];
}

export const inf: number = Number.POSITIVE_INFINITY;

export const values = (t: { data(): ArrayLike<number> }): number[] => Array.from(t.data());

export const shaped = (length: number, n: number, f: (k: number) => number): Matrix => ({
  data: Float64Array.from({ length: length * n }, (_, k) => f(k)),
  shape: [length, n],
});

export const wave = (k: number): number => 2 * Math.sin(1.7 * k + 0.3);

export const weightsOf = (tree: Tree, d: number, f: (k: number) => number = wave): Matrix =>
  shaped(tree.rows, d, f);

/** Equal to `digits` decimal digits, relatively. */
export function close(got: readonly number[], wanted: readonly number[], digits = 14): void {
  expect(got.length).toBe(wanted.length);
  for (const [k, value] of wanted.entries()) {
    const error = Math.abs((got[k] as number) - value);
    expect(error, `[${k}]`).toBeLessThanOrEqual(10 ** -digits * Math.abs(value));
  }
}

export const trees: { readonly [name in 'huffman' | 'ternary' | 'mixed']: Tree } = {
  huffman: huffmanTree([3, 0, 8, 1, 1, 20, 5]),
  ternary: balancedTree(9, 3),
  mixed: nestedTree([[0, 1], [[2], 3, [4, 5]], 6]),
};
