import { describe, expect, test } from 'vitest';
import {
  type AdaptiveParameters,
  adaptiveSoftmax,
  adaptiveSoftmaxGrad,
  hierarchicalSoftmax,
  hierarchicalSoftmaxGrad,
  nestedTree,
} from '../src/index.ts';
import { inf, shaped, trees, values, wave, weightsOf } from './small-trees.ts';

const H = 2 ** -15;

/** Σ dy·f by central differences at each of the values. */
function slopes(at: Float64Array, dy: readonly number[], f: () => { data(): ArrayLike<number> }): number[] {
  const dot = () => values(f()).reduce((sum, v, k) => sum + v * (dy[k] as number), 0);
  return Array.from(at, (v, k) => {
    at[k] = v + H;
    const above = dot();
    at[k] = v - H;
    const below = dot();
    at[k] = v;
    return (above - below) / (2 * H);
  });
}

const near = (got: readonly number[], wanted: readonly number[]) => {
  expect(got.length).toBe(wanted.length);
  for (const [k, value] of wanted.entries()) expect(got[k], `[${k}]`).toBeCloseTo(value, 7);
};

describe('the gradient of all leaves', () => {
  for (const [name, tree] of Object.entries(trees))
    for (const log of [false, true])
      test(`${name}, log ${log}: of h, of every weight row, of the biases`, () => {
        const [h, weight] = [shaped(3, 2, (k) => wave(k + 5)), weightsOf(tree, 2)];
        const bias = Float64Array.from({ length: tree.rows }, (_, k) => wave(k + 50));
        const dy = shaped(3, tree.leaves, (k) => wave(3 * k));
        const f = () => hierarchicalSoftmax(h, weight, tree, { bias, log });
        const got = hierarchicalSoftmaxGrad(h, weight, tree, dy, { bias, log });
        near(values(got.dh), slopes(h.data, [...dy.data], f));
        near(values(got.dweight), slopes(weight.data, [...dy.data], f));
        near(values(got.dbias), slopes(bias, [...dy.data], f));
        expect(got.dh.shape).toEqual([3, 2]);
        expect(got.dweight.shape).toEqual([tree.rows, 2]);
      });

  test('what is impossible has gradient 0, and its dy is not read', () => {
    const tree = nestedTree([[0, 1], 2, 3]);
    const options = { bias: [-inf, 0, 0, 0] };
    const weight = shaped(4, 1, () => 0);
    for (const log of [false, true]) {
      const dy = [[Number.NaN, inf, 2, -1]];
      const got = hierarchicalSoftmaxGrad([[1]], weight, tree, dy, { ...options, log });
      expect(values(got.dbias)).toEqual(log ? [0, 1.5, -1.5, 0] : [0, 0.75, -0.75, 0]);
      expect(values(got.dh)).toEqual([0]);
    }
  });

  test('a NaN weight below what is impossible stays there', () => {
    const tree = nestedTree([[0, 1], 2, 3]);
    const weight = { data: Float64Array.of(0, 0, 0, Number.NaN), shape: [4, 1] };
    for (const log of [false, true]) {
      const got = hierarchicalSoftmaxGrad([[1]], weight, tree, [[5, 7, 2, -1]], {
        bias: [-inf, 0, 0, 0],
        log,
      });
      expect(values(got.dbias)).toEqual(log ? [0, 1.5, -1.5, 0] : [0, 0.75, -0.75, 0]);
      expect(values(got.dh)).toEqual([0]);
    }
  });

  test('p − 1 of what is all but certain is not 0', () => {
    const got = hierarchicalSoftmaxGrad([[1]], [[40]], nestedTree([0, 1]), [[1, 0]], { log: true });
    expect(values(got.dweight)).toEqual([4.248354255291589e-18]);
    const plain = hierarchicalSoftmaxGrad([[1]], [[40]], nestedTree([0, 1]), [[1, 0]]);
    expect(values(plain.dweight)).toEqual([4.248354255291589e-18]);
  });

  test('a NaN row spoils the weights that it meets, and no other row of dh', () => {
    const got = hierarchicalSoftmaxGrad([[Number.NaN], [1]], [[0]], nestedTree([0, 1]), [
      [1, 0],
      [1, 0],
    ]);
    expect(values(got.dh)).toEqual([Number.NaN, 0]);
  });

  test('one class, no rows, a dy of another shape', () => {
    const one = nestedTree([0]);
    const none = { data: [], shape: [0, 1] };
    expect(hierarchicalSoftmaxGrad([[1]], none, one, [[1]]).dh.toArray()).toEqual([[0]]);
    const nobody = hierarchicalSoftmaxGrad(none, [[1]], nestedTree([0, 1]), { data: [], shape: [0, 2] });
    expect(nobody.dweight.toArray()).toEqual([[0]]);
    expect(() => hierarchicalSoftmaxGrad([[1]], [[1]], nestedTree([0, 1]), [[1]])).toThrow('dy');
  });
});

describe('the gradient of adaptive softmax', () => {
  const h = shaped(3, 4, (k) => wave(k + 5));
  const tails = [
    { projection: shaped(2, 4, (k) => wave(k + 1) / 2), weight: shaped(2, 2, (k) => wave(k + 2)) },
    { projection: shaped(1, 4, (k) => wave(k + 3) / 2), weight: shaped(4, 1, (k) => wave(k + 4)) },
  ];
  const given = {
    cutoffs: [3, 5],
    head: shaped(5, 4, wave),
    headBias: shaped(1, 5, (k) => wave(k + 9)).data,
  };
  const parameters: AdaptiveParameters = { ...given, tails };

  for (const log of [false, true])
    test(`log ${log}: of everything`, () => {
      const dy = shaped(3, 9, (k) => wave(3 * k));
      const f = () => adaptiveSoftmax(h, parameters, { log });
      const got = adaptiveSoftmaxGrad(h, parameters, dy, { log });
      const wanted = (at: Float64Array) => slopes(at, [...dy.data], f);
      near(values(got.dh), wanted(h.data));
      near(values(got.dhead), wanted(given.head.data));
      near(values(got.dheadBias), wanted(given.headBias));
      for (const [i, { projection, weight }] of tails.entries()) {
        near(Array.from(got[`dprojection${i}`]?.data() ?? []), wanted(projection.data));
        near(Array.from(got[`dtail${i}`]?.data() ?? []), wanted(weight.data));
      }
      expect(got['dtail1']?.shape).toEqual([4, 1]);
    });

  test('an impossible tail is not read', () => {
    const bad = { projection: [[Number.NaN]], weight: [[1], [1]] };
    const cut = { cutoffs: [2], head: [[0], [0], [0]], headBias: [0, 0, -inf], tails: [bad] };
    const got = adaptiveSoftmaxGrad([[1]], cut, [[2, 0, Number.NaN, 1]]);
    expect(values(got.dheadBias)).toEqual([0.5, -0.5, 0]);
    expect(got['dtail0']?.toArray()).toEqual([[0], [0]]);
    expect(got.dh.toArray()).toEqual([[0]]);
  });
});
