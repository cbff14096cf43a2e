import { describe, expect, test } from 'vitest';
import {
  hierarchicalLogProb,
  hierarchicalLossGrad,
  hierarchicalSoftmax,
  logSoftmax,
  nestedTree,
} from '../src/index.ts';
import { close, inf, shaped, trees, values, wave, weightsOf } from './small-trees.ts';

// Python with mpmath 1.3, 40 digits: logits zᵣ = (r − 3)·1 + (r/2)·(−2) + r/8 of the rows r; softmax over rows 0–2 at the root,
// σ(±z₃) at [0, 1], softmax over rows 4–6 at [2, 3, 4].
const known = nestedTree([[0, 1], [2, 3, 4], 5]);
const knownWeight = { data: Array.from({ length: 7 }, (_, r) => [r - 3, r / 2]).flat(), shape: [7, 2] };
const knownBias = Array.from({ length: 7 }, (_, r) => r / 8);
// biome-ignore-start lint/correctness/noPrecisionLoss: as printed by mpmath
const P = [
  0.01976682888087299, 0.2728726557093048, 0.09704041758151749, 0.1099611990674554, 0.12460236262066042,
  0.37575653614018895,
];
const LOG = [
  -3.9237500552279805, -1.2987500552279805, -2.3326277111660145, -2.2076277111660145, -2.0826277111660145,
  -0.9788138555830073,
];
// biome-ignore-end lint/correctness/noPrecisionLoss: as printed by mpmath

describe('probabilities', () => {
  test('of two children and of three, by mpmath', () => {
    const options = { bias: knownBias };
    close(values(hierarchicalSoftmax([1, -2], knownWeight, known, options)), P);
    close(values(hierarchicalSoftmax([1, -2], knownWeight, known, { ...options, log: true })), LOG);
    for (const [c, log] of LOG.entries())
      close(values(hierarchicalLogProb([[1, -2]], knownWeight, [c], known, options)), [log]);
  });

  for (const [name, tree] of Object.entries(trees))
    test(`${name}: all leaves sum to 1, and are what a target is told`, () => {
      const h = shaped(5, 4, (k) => wave(k + 9));
      const weight = weightsOf(tree, 4);
      const p = hierarchicalSoftmax(h, weight, tree).toArray() as number[][];
      const log = hierarchicalSoftmax(h, weight, tree, { log: true }).toArray() as number[][];
      for (const [row, of] of p.entries()) {
        close([of.reduce((a, b) => a + b)], [1]);
        for (let c = 0; c < tree.leaves; c++) {
          close([Math.exp(log[row]?.[c] as number)], [of[c] as number], 13);
          const target = [0, 1, 2, 3, 4].map(() => c);
          close(
            [values(hierarchicalLogProb(h, weight, target, tree))[row] as number],
            [log[row]?.[c] as number],
          );
        }
      }
    });

  test('a tree of one level is softmax', () => {
    const tree = nestedTree([0, 1, 2, 3]);
    const weight = shaped(4, 1, wave);
    close(values(hierarchicalSoftmax([1], weight, tree, { log: true })), values(logSoftmax(weight.data)));
  });

  // mpmath 1.3: −log(1 + exp(−x)). A table of 1000 values on [−6, 6] (word2vec's) has 0.0025 and 0.9975 at its ends.
  test('log σ keeps its tails: −4.2e−18 is not 0, −1000 is not clipped', () => {
    const tree = nestedTree([0, 1]);
    const at = (x: number) => values(hierarchicalLogProb([1], [[x]], [0], tree))[0];
    expect(at(40)).toBe(-4.248354255291589e-18);
    expect(at(-40)).toBe(-40);
    expect(at(-1000)).toBe(-1000);
    expect(at(0.001)).toBeCloseTo(-0.69264730555994, 15);
    expect(at(-inf)).toBe(-inf);
    expect(at(inf)).toBeCloseTo(0, 300);
    expect(values(hierarchicalSoftmax([1], [[-800]], tree, { log: true }))).toEqual([-800, 0]);
  });

  test('float16 and float32 are rounded once from float64', () => {
    const h = new Float32Array([1, -2]);
    const got = hierarchicalSoftmax(h, knownWeight, known, { bias: knownBias });
    expect(got.dtype).toBe('float32');
    expect(values(got)).toEqual(P.map(Math.fround));
    const half = { data: new Uint16Array([0x3c00, 0xc000]), shape: [2], dtype: 'float16' };
    const small = hierarchicalSoftmax(half, knownWeight, known, { bias: knownBias });
    expect(small.dtype).toBe('float16');
    expect((small.toArray() as number[])[5]).toBe(0.375732421875);
  });

  test('a NaN makes its row NaN and no other; what is impossible is', () => {
    const p = hierarchicalSoftmax([[Number.NaN], [0]], [[1], [1]], nestedTree([[0, 1], 2])).toArray();
    expect(p).toEqual([
      [Number.NaN, Number.NaN, Number.NaN],
      [0.25, 0.25, 0.5],
    ]);
    const tree = nestedTree([0, 1, 2]);
    const bias = [0, -inf, 0];
    expect(hierarchicalSoftmax([0], [[1], [1], [1]], tree, { bias }).toArray()).toEqual([0.5, 0, 0.5]);
    const got = hierarchicalLossGrad([1], [[1], [-inf], [1]], 1, tree);
    expect(got.loss.toArray()).toBe(inf);
    expect(got.dweight.toArray()).toEqual([[0.5], [0], [0.5]]);
    expect(got.dh.toArray()).toEqual([1]);
  });
});
