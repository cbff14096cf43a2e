import {
  adaptiveLossGrad,
  balancedTree,
  hierarchicalLossGrad,
  huffmanTree,
  nestedTree,
  type Tree,
} from '@softmax/core';
import * as ort from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import { toOnnx } from '../src/index.ts';
import { epsOfLargest } from './difference.ts';
import { product, random } from './random.ts';

const count = (n: number) => Array.from({ length: n }, (_, k) => k);
const DTYPES = ['float32', 'float64'] as const;
type Type = (typeof DTYPES)[number];

/** Numbers between −1 and 1. */
function drawn(dtype: Type, next: () => number, ...shape: number[]) {
  const values = count(shape.reduce((a, b) => a * b)).map(() => 2 * next() - 1);
  const data = dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
  return { data, shape };
}

const tensor = ({ data, shape }: ReturnType<typeof drawn>) => new ort.Tensor(data, shape);
const classes = (target: readonly number[]) =>
  new ort.Tensor(BigInt64Array.from(target, BigInt), [target.length]);

async function run(model: Uint8Array, feeds: { readonly [name: string]: ort.Tensor }) {
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const results = await session.run(feeds);
  await session.release();
  return results;
}

/** What a model gives and what core gives, where they are further apart than rounding explains. */
function apart(
  got: ort.InferenceSession.ReturnType,
  expected: { readonly [name: string]: { readonly shape: readonly number[]; data(): ArrayLike<number> } },
  dtype: Type,
): object[] {
  return Object.entries(expected).flatMap(([name, tensor]) => {
    const found = got[name];
    const [a, b] = [Float64Array.from(found?.data as Float32Array), Float64Array.from(tensor.data())];
    const far = a.length === 0 && b.length === 0 ? 0 : epsOfLargest(a, b, dtype);
    const alike = String(found?.dims) === String(tensor.shape);
    return alike && far <= 8 ? [] : [{ name, far, got: found?.dims, expected: tensor.shape }];
  });
}

const IGNORED = -100;
const TARGETS: { readonly [what: string]: (row: number, leaves: number) => number } = {
  'some ignored': (row, leaves) => (row % 3 === 1 ? IGNORED : (row * 31) % leaves),
  'all one class': () => 1,
  'all ignored, as in a batch of padding': () => IGNORED,
};
const ROWS = 7;
const WIDTH = 5;

describe('paths that the model finds itself', () => {
  const TREES: { readonly [name: string]: Tree } = {
    'a balanced tree': balancedTree(300),
    'a path of 149 decisions': huffmanTree(count(150).map((k) => 1.7 ** k)),
    'siblings of many numbers': nestedTree([[0, 1, 2], 3, [4, [5, [6, 7, 8, 9]], 10]]),
    'only children above others': nestedTree([[[[0]], [[1, 2, 3]]], [[[4, 5]]]]),
  };

  test.each(product({ name: Object.keys(TREES), what: Object.keys(TARGETS), dtype: DTYPES }))(
    '$name, $what, $dtype',
    async ({ name, what, dtype }) => {
      const tree = TREES[name] as Tree;
      const next = random(5);
      const [h, weight] = [drawn(dtype, next, ROWS, WIDTH), drawn(dtype, next, tree.rows, WIDTH)];
      const bias = drawn(dtype, next, tree.rows);
      const target = count(ROWS).map((row) => TARGETS[what]?.(row, tree.leaves) ?? 0);
      const model = toOnnx('hierarchicalLossGrad', { tree, bias: 'input', dtype });
      const feeds = { h: tensor(h), weight: tensor(weight), bias: tensor(bias), target: classes(target) };
      const { loss, ...got } = await run(model, feeds);
      const expected = hierarchicalLossGrad(h, weight, target, tree, { bias });
      expect(apart({ ...got, loss: loss as ort.Tensor }, { ...expected }, dtype)).toEqual([]);
    },
  );
});

describe('tails that a batch does not touch', () => {
  const CUTOFFS = [4, 6, 20];
  const LAYOUT = { cutoffs: CUTOFFS, classes: 50, widths: [3, 2, 1], headBias: 'input' } as const;

  test.each(product({ what: Object.keys(TARGETS), dtype: DTYPES }))(
    '$what, $dtype',
    async ({ what, dtype }) => {
      const next = random(6);
      const head = drawn(dtype, next, 7, WIDTH);
      const headBias = drawn(dtype, next, 7);
      const sizes = [2, 14, 30];
      const tails = LAYOUT.widths.map((width, i) => ({
        projection: drawn(dtype, next, width, WIDTH),
        weight: drawn(dtype, next, sizes[i] ?? 0, width),
      }));
      const h = drawn(dtype, next, ROWS, WIDTH);
      const target = count(ROWS).map((row) => TARGETS[what]?.(row, 50) ?? 0);
      const ofTails = tails.flatMap(({ projection, weight }, i) => [
        [`projection${i}`, tensor(projection)],
        [`tail${i}`, tensor(weight)],
      ]);
      const got = await run(toOnnx('adaptiveLossGrad', { parameters: LAYOUT, dtype }), {
        h: tensor(h),
        head: tensor(head),
        headBias: tensor(headBias),
        target: classes(target),
        ...Object.fromEntries(ofTails),
      });
      const expected = adaptiveLossGrad(h, { cutoffs: CUTOFFS, head, headBias, tails }, target);
      expect(apart(got, { ...expected }, dtype)).toEqual([]);
    },
  );
});
