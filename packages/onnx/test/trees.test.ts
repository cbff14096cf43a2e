import {
  balancedTree,
  cpu,
  createSoftmax,
  huffmanTree,
  type NestedTree,
  nestedTree,
  type Tree,
} from '@softmax/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OnnxBackend } from '../src/onnx.ts';
import { epsOfLargest, type Tested, ulps } from './difference.ts';
import { product, random } from './random.ts';
import { RUNTIMES } from './runtimes.ts';

const reference = createSoftmax(cpu());
const count = (n: number) => Array.from({ length: n }, (_, k) => k);

/** Nodes with so many leaves, under one root; the classes in order. */
function grown(sizes: readonly number[]): NestedTree {
  let made = 0;
  return sizes.map((size) => count(size).map(() => made++));
}

const TREES: { readonly [name: string]: Tree } = {
  'a balanced tree': balancedTree(300),
  'a skewed tree': huffmanTree(count(200).map((k) => 1e6 / (k + 1))),
  'a path of 149 decisions': huffmanTree(count(150).map((k) => 1.7 ** k)),
  'siblings of every number': nestedTree(grown([...count(17).map((k) => k + 1), 64])),
  'only children above others': nestedTree([[[[0]], [[1, 2, 3]]], [[[4, 5]]]]),
};

/** Numbers between −1 and 1 times the spread, in the shape. */
function drawing(dtype: Tested, seed: number) {
  const next = random(seed);
  return (spread: number, ...shape: readonly number[]) => {
    const values = count(shape.reduce((a, b) => a * b)).map(() => spread * (2 * next() - 1));
    return { data: dtype === 'float32' ? Float32Array.from(values) : Float64Array.from(values), shape };
  };
}

const WIDTH = 5;
const ROWS = 7;
/** What a sum may be off, in eps of the largest of all. */
const TOLERANCE = { float32: 1, float64: 8 };

describe.each(RUNTIMES)('%s', (_, make) => {
  let backend: OnnxBackend;
  beforeAll(async () => {
    backend = await make({ precision: 'exact' });
  });
  afterAll(() => backend.dispose());

  test.each(product({ name: Object.keys(TREES), dtype: ['float32', 'float64'] } as const))(
    '$name in $dtype: turns of a loop that end before the root or the last sibling',
    async ({ name, dtype }) => {
      const sm = createSoftmax(backend);
      const tree = TREES[name] as Tree;
      const draw = drawing(dtype, 11);
      const [h, weight] = [draw(1, ROWS, WIDTH), draw(4, tree.rows, WIDTH)];
      const options = { bias: draw(1, tree.rows) };
      const dy = draw(1, ROWS, tree.leaves);
      const target = count(ROWS).map((row) => (row * 31) % tree.leaves);
      const k = Math.min(9, tree.leaves);
      const differences: Record<string, number> = {};
      for (const log of [false, true]) {
        const got = await sm.hierarchicalSoftmax(h, weight, tree, { ...options, log });
        const expected = reference.hierarchicalSoftmax(h, weight, tree, { ...options, log });
        differences[`softmax ${log}`] = epsOfLargest(await got.data(), expected.data(), dtype);
        const back = await sm.hierarchicalSoftmaxGrad(h, weight, tree, dy, { ...options, log });
        const wanted = reference.hierarchicalSoftmaxGrad(h, weight, tree, dy, { ...options, log });
        for (const of of ['dh', 'dweight', 'dbias'] as const)
          differences[`${of} ${log}`] = epsOfLargest(await back[of].data(), wanted[of].data(), dtype);
      }
      const loss = await sm.hierarchicalLossGrad(h, weight, target, tree, options);
      const wanted = reference.hierarchicalLossGrad(h, weight, target, tree, options);
      for (const of of ['loss', 'dh', 'dweight', 'dbias'] as const)
        differences[`${of} of the loss`] = epsOfLargest(await loss[of].data(), wanted[of].data(), dtype);
      const off = Object.entries(differences).filter(([, apart]) => !(apart <= TOLERANCE[dtype]));
      expect(off).toEqual([]);

      const best = await sm.hierarchicalTopK(h, weight, tree, k, options);
      const likeliest = reference.hierarchicalTopK(h, weight, tree, k, options);
      expect(await best.classes.data()).toEqual(likeliest.classes.data());
      const drawn = await sm.hierarchicalSample(h, weight, tree, { ...options, seed: 3 });
      expect(await drawn.data()).toEqual(
        reference.hierarchicalSample(h, weight, tree, { ...options, seed: 3 }).data(),
      );
    },
  );

  test('the gradient of a weight row that 4096 rows share, one addition after the other in float64', async () => {
    const sm = createSoftmax(backend);
    const draw = drawing('float64', 5);
    const rows = 4096;
    const h = draw(1, rows, WIDTH);
    for (const [at, value] of h.data.entries()) h.data[at] = Math.abs(value) + 0.5;
    const target = count(rows).map(() => 0);
    const tree = balancedTree(4);
    const weight = draw(1, tree.rows, WIDTH);
    const got = await sm.hierarchicalLossGrad(h, weight, target, tree, { reduction: 'sum' });
    const expected = reference.hierarchicalLossGrad(h, weight, target, tree, { reduction: 'sum' });
    expect(ulps(await got.dweight.data(), expected.dweight.data(), 'float64')).toBeLessThanOrEqual(8);
    expect(ulps(await got.dbias.data(), expected.dbias.data(), 'float64')).toBeLessThanOrEqual(8);
  });
});
