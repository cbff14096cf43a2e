import { describe, expect, test } from 'vitest';
import {
  balancedTree,
  hierarchicalLogProb,
  hierarchicalLogProbGrad,
  hierarchicalLoss,
  hierarchicalLossGrad,
  hierarchicalSample,
  hierarchicalSoftmax,
  hierarchicalTopK,
  nestedTree,
} from '../src/index.ts';
import { close, shaped, trees, values, wave, weightsOf } from './small-trees.ts';

describe('the loss and its gradients', () => {
  const difference = (f: (v: Float64Array) => number, at: Float64Array) =>
    Array.from(at, (v, k) => {
      const step = 2 ** -17;
      const value = (to: number) => f(at.map((old, j) => (j === k ? to : old)));
      return (value(v + step) - value(v - step)) / (2 * step);
    });
  const near = (got: readonly number[], wanted: readonly number[]) => {
    expect(got.length).toBe(wanted.length);
    for (const [k, value] of wanted.entries()) expect(got[k], `[${k}]`).toBeCloseTo(value, 8);
  };

  for (const [name, tree] of Object.entries(trees))
    for (const reduction of ['mean', 'sum', 'none'] as const)
      test(`${name}, ${reduction}: of h, of the touched rows and of their biases`, () => {
        const [h, weight] = [shaped(6, 3, (k) => wave(k + 5)), weightsOf(tree, 3)];
        const bias = Float64Array.from({ length: tree.rows }, (_, k) => wave(k + 50));
        const target = [2, 5, -100, 2, 0, 6];
        const dy = reduction === 'none' ? [1, -2, 3, 0.5, 0, 1.5] : 0.7;
        const options = { reduction, tokenWeight: [1, 2, 1, 0.5, 1, 3] };
        const loss = (features: Float64Array, rows: Float64Array, biases: Float64Array) => {
          const given = { ...options, bias: biases };
          const all = values(
            hierarchicalLoss({ ...h, data: features }, { ...weight, data: rows }, target, tree, given),
          );
          return all.reduce((sum, l, k) => sum + l * (typeof dy === 'number' ? dy : (dy[k] as number)), 0);
        };
        const got = hierarchicalLossGrad(h, weight, target, tree, { ...options, bias, dy });
        near(
          values(got.dh),
          difference((v) => loss(v, weight.data, bias), h.data),
        );
        const rows = values(got.rows);
        expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
        const dweight = new Array<number>(weight.data.length).fill(0);
        values(got.dweight).forEach((v, k) => {
          dweight[(rows[Math.floor(k / 3)] as number) * 3 + (k % 3)] = v;
        });
        near(
          dweight,
          difference((v) => loss(h.data, v, bias), weight.data),
        );
        const dbias = new Array<number>(tree.rows).fill(0);
        values(got.dbias).forEach((v, k) => {
          dbias[rows[k] as number] = v;
        });
        near(
          dbias,
          difference((v) => loss(h.data, weight.data, v), bias),
        );
        expect(got.loss.toArray()).toEqual(
          hierarchicalLoss(h, weight, target, tree, { ...options, bias }).toArray(),
        );
      });

  test('the gradient of log-probabilities is that of the loss, negated', () => {
    const tree = trees.mixed;
    const [h, weight, target, dy] = [shaped(2, 3, wave), weightsOf(tree, 3), [4, 6], [2, -3]];
    const got = hierarchicalLogProbGrad(h, weight, target, tree, dy);
    const loss = hierarchicalLossGrad(h, weight, target, tree, { reduction: 'none', dy: dy.map((v) => -v) });
    expect(Object.keys(got)).toEqual(['dh', 'rows', 'dweight', 'dbias']);
    expect(got.dweight.toArray()).toEqual(loss.dweight.toArray());
    expect(got.dh.toArray()).toEqual(loss.dh.toArray());
  });

  test('two tokens on one path add up in one row, not the last one wins', () => {
    const { rows, dweight } = hierarchicalLossGrad([[1], [3]], [[0]], [0, 0], nestedTree([0, 1]), {
      reduction: 'sum',
    });
    expect(rows.toArray()).toEqual([0]);
    expect(dweight.toArray()).toEqual([[-2]]);
  });

  test('small gradients after a large one are not lost', () => {
    const h = Array.from({ length: 1001 }, (_, k) => [k === 0 ? 1 : 1e-16]);
    const target = h.map(() => 0);
    const { dweight } = hierarchicalLossGrad(h, [[0]], target, nestedTree([0, 1]), { reduction: 'sum' });
    close(values(dweight), [-0.5 * (1 + 1e-13)], 15.5);
  });

  test('a NaN in an ignored row, or in one of weight 0, reaches neither the loss nor a gradient', () => {
    const h = [[Number.NaN], [1], [Number.NaN]];
    const options = { tokenWeight: [1, 1, 0] };
    const got = hierarchicalLossGrad(h, [[0], [0]], [-100, 2, 0], nestedTree([[0, 1], 2]), options);
    expect(got.loss.toArray()).toBe(Math.LN2);
    expect(got.dh.toArray()).toEqual([[0], [0], [0]]);
    expect(got.rows.toArray()).toEqual([0]);
    expect(got.dweight.toArray()).toEqual([[0.5]]);
  });

  test('a mean over nothing is 0, NaN or an error, its gradients 0', () => {
    const lose = (emptyMean: 'zero' | 'nan' | 'throw') =>
      hierarchicalLossGrad([[1]], [[1]], [-100], nestedTree([0, 1]), { emptyMean });
    expect(lose('zero').loss.toArray()).toBe(0);
    expect(lose('nan').loss.toArray()).toBe(Number.NaN);
    expect(lose('nan').dh.toArray()).toEqual([[0]]);
    expect(lose('zero').dweight.shape).toEqual([0, 1]);
    expect(() => lose('throw')).toThrow(expect.objectContaining({ code: 'EMPTY' }));
  });

  test('any batch rank; one class is certain; no tokens', () => {
    const tree = trees.huffman;
    const h = { data: new Float64Array(24), shape: [2, 3, 4] };
    const target = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    expect(hierarchicalLogProb(h, weightsOf(tree, 4), target, tree).shape).toEqual([2, 3]);
    expect(hierarchicalSoftmax(h, weightsOf(tree, 4), tree).shape).toEqual([2, 3, 7]);
    expect(hierarchicalTopK(h, weightsOf(tree, 4), tree, 2).logProbs.shape).toEqual([2, 3, 2]);
    expect(hierarchicalSample(h, weightsOf(tree, 4), tree, { seed: 0 }).shape).toEqual([2, 3]);
    const one = balancedTree(1);
    const none = { data: new Float64Array(0), shape: [0, 2] };
    expect(hierarchicalSoftmax([[1, 2]], none, one).toArray()).toEqual([[1]]);
    expect(hierarchicalLoss([[1, 2]], none, [0], one).toArray()).toBe(0);
    expect(hierarchicalTopK([[1, 2]], none, one, 1).classes.toArray()).toEqual([[0]]);
    expect(hierarchicalSoftmax(none, weightsOf(tree, 2), tree).shape).toEqual([0, 7]);
    expect(hierarchicalLoss(none, weightsOf(tree, 2), [], tree).toArray()).toBe(0);
  });

  test('a step in a vocabulary of a million reads and writes its path only', () => {
    const tree = balancedTree(1e6);
    const weight = { data: new Float32Array(tree.rows), shape: [tree.rows, 1] };
    const { loss, rows } = hierarchicalLossGrad(new Float32Array([1]), weight, 999_999, tree);
    expect(rows.shape).toEqual([20]);
    close(values(loss), [Math.fround(20 * Math.LN2)]);
  });
});

describe('a wrong call is refused before anything runs', () => {
  const tree = nestedTree([[0, 1], 2]);
  const weight = [[1], [1]];
  const refused = (code: string, call: () => unknown, message = '') => {
    expect(call).toThrow(expect.objectContaining({ code }));
    expect(call).toThrow(message);
  };
  test('targets name the flat index and the value', () => {
    refused('INVALID_TARGET', () => hierarchicalLoss([[1], [2]], weight, [0, 3], tree), 'target[1]: got 3');
    refused('INVALID_TARGET', () => hierarchicalLoss([[1]], weight, [-1], tree), 'target[0]: got -1');
    refused('INVALID_SHAPE', () => hierarchicalLoss([[1]], weight, [0, 1], tree));
  });
  test('shapes, types, trees and options', () => {
    refused('INVALID_SHAPE', () => hierarchicalLoss([[1]], [[1]], [0], tree), 'weight');
    refused('INVALID_SHAPE', () => hierarchicalLoss([[1]], weight, [0], tree, { bias: [1] }), 'bias');
    refused('INVALID_SHAPE', () => hierarchicalSoftmax({ data: [], shape: [2, 0] }, weight, tree), 'h');
    refused('INVALID_INPUT', () => hierarchicalSoftmax([[1]], weight, {} as never), 'huffmanTree');
    refused('INVALID_OPTION', () => hierarchicalTopK([[1]], weight, tree, 4), 'k: got 4');
    refused('INVALID_OPTION', () => hierarchicalTopK([[1]], weight, tree, 0));
    refused('INVALID_OPTION', () => hierarchicalSample([[1]], weight, tree, { seed: 0.5 }));
    refused('INVALID_OPTION', () => hierarchicalLoss([[1]], weight, [0], tree, { ignoreIndex: 0.5 }));
    refused('INVALID_OPTION', () => hierarchicalSoftmax([[1]], weight, tree, { axis: 1 } as never));
  });
});
