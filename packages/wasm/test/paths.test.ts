import {
  balancedTree,
  createSoftmax,
  huffmanTree,
  nestedTree,
  type Softmax,
  type Tensor,
  type Tree,
} from '@softmax/core';
import { expect, test } from 'vitest';
import { wasm } from '../src/index.ts';
import type { Memory } from '../src/memory.ts';
import { logits, MODULES, reference } from './logits.ts';

/** Of two children each; of one, two, three and five. */
const TREES: readonly (readonly [string, Tree])[] = [
  ['Huffman', huffmanTree(Array.from({ length: 23 }, (_, k) => 1 / (k + 1)))],
  ['nested', nestedTree([[0, [1, 2, 3, 4, 8]], [[5]], [6, 7]])],
];
const CASES = MODULES.flatMap(([name, sm]) => TREES.map(([of, tree]) => [name, of, sm, tree] as const));
/** Every tail of eight features, and rows of several eights. */
const FEATURES = [...Array.from({ length: 26 }, (_, k) => k + 1), 64, 133];
const TOKENS = 11;
const IGNORED = 4;

type Values = Float32Array | Float64Array;
type Widen = (values: Float32Array) => Values;
const narrow: Widen = (values) => values;
const wide: Widen = (values) => Float64Array.from(values);

/** Tokens whose paths cross, of which one is ignored and NaN. */
function inputsOf(tree: Tree, n: number, widen: Widen, tokens = TOKENS) {
  const h = logits(tokens * n, 2 / Math.sqrt(n), 0.1);
  h.fill(Number.NaN, IGNORED * n, (IGNORED + 1) * n);
  const target = Array.from({ length: tokens }, (_, k) => (k * 5) % tree.leaves);
  target[IGNORED] = -100;
  const weight = { data: widen(logits(tree.rows * n, 3, -0.2)), shape: [tree.rows, n] };
  return { h: { data: widen(h), shape: [tokens, n] }, weight, bias: widen(logits(tree.rows, 1)), target };
}

type Results = { readonly [name: string]: Tensor<'sync'> };
const single = (results: Results): { readonly [name: string]: unknown } =>
  Object.fromEntries(Object.entries(results).map(([name, y]) => [name, [...Float32Array.from(y.data())]]));

const OPTIONS = [
  {},
  { reduction: 'none', dy: logits(TOKENS, 1, 0.3) },
  { reduction: 'sum', dy: -1.5, tokenWeight: Array.from({ length: TOKENS }, (_, k) => k % 3) },
] as const;

test.each(CASES)(
  '%s, %s tree: losses and gradients are the reference’s of every tail, rounded',
  (_, __, sm, tree) => {
    for (const n of FEATURES)
      for (const options of OPTIONS) {
        const solve = <B>(on: Softmax<B, 'sync'>, widen: Widen) => {
          const { h, weight, bias, target } = inputsOf(tree, n, widen);
          const { dy: _dy, ...rest } = { dy: 1, ...options };
          return single({
            alone: on.hierarchicalLoss(h, weight, target, tree, rest),
            ...on.hierarchicalLossGrad(h, weight, target, tree, { bias, ...options }),
          });
        };
        expect(solve(sm, narrow), `n = ${n}`).toEqual(solve(reference, wide));
      }
  },
);

test.each(MODULES)('%s: what an impossible child’s weights are does not reach a gradient: 0·∞', (_, sm) => {
  const tree = nestedTree([[0, 1, 2], 3]);
  for (const n of FEATURES) {
    const weight = logits(4 * n, 3).fill(Number.NEGATIVE_INFINITY, n, 2 * n);
    const layer = { data: weight, shape: [4, n] };
    const h = { data: logits(2 * n, 0.1, 1), shape: [2, n] };
    const got = single(sm.hierarchicalLossGrad(h, layer, [1, 2], tree));
    expect(Object.values(got).flat().every(Number.isFinite), `n = ${n}`).toBe(true);
    // Without that child the others are two, whose logit is a difference.
    const two = weight.map((v, k) => (k < n ? v : v - (weight[k + n] as number))).subarray(0, 4 * n);
    two.copyWithin(n, 2 * n, 3 * n);
    const less = { data: two.subarray(0, 2 * n), shape: [2, n] };
    const exact = reference.hierarchicalLoss(h, less, [0, 1], nestedTree([[0, 1], 2])).toArray() as number;
    expect((got['loss'] as number[])[0], `n = ${n}`).toBeCloseTo(exact, 5);
  }
});

test('threads that divide tokens and weight rows give the bits of one', async () => {
  const tree = balancedTree(500);
  const backend = await wasm({ threads: 3 });
  const [one, many] = [createSoftmax(await wasm()), createSoftmax(backend)];
  const { h, weight, bias, target } = inputsOf(tree, 450, narrow, 301);
  const solve = (on: typeof one) => single(on.hierarchicalLossGrad(h, weight, target, tree, { bias }));
  expect(solve(many)).toEqual(solve(one));
  backend.dispose();
});

test('what stands behind the lists of a path is no part of it', async () => {
  const { memory } = (await wasm()) as never as { memory: Memory };
  const floats = memory.upload(new Float32Array(8).fill(1), 'float32').ptr;
  // Of three logits in three steps of the only token, two are told of.
  const [list, steps, tokens, chosen] = [
    [0, 0, 0],
    [0, 1, 1],
    [0, 0, 0],
    [0, 1, 2],
  ].map((values) => memory.upload(Int32Array.from(values), 'int32').ptr) as [number, number, number, number];
  const room = memory.upload(new Float64Array(8), 'float64');
  const losses = room.ptr + 56;
  const lists = [list, steps, tokens, chosen] as const;
  memory.exports.hierarchicalLoss(
    floats,
    floats,
    0,
    floats,
    0,
    ...lists,
    room.ptr,
    losses,
    0,
    0,
    1,
    2,
    2,
    1,
    1,
  );
  expect((memory.view(room) as Float64Array)[7]).toBeCloseTo(2 * Math.log1p(Math.exp(-1)), 12);
});
