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
  huffmanTree,
  logSoftmax,
  nestedTree,
  type Tree,
  uniform,
} from '../src/index.ts';

const inf = Number.POSITIVE_INFINITY;
const values = (t: { data(): ArrayLike<number> }) => Array.from(t.data());
const shaped = (length: number, n: number, f: (k: number) => number) => ({
  data: Float64Array.from({ length: length * n }, (_, k) => f(k)),
  shape: [length, n],
});
const wave = (k: number) => 2 * Math.sin(1.7 * k + 0.3);
const weightsOf = (tree: Tree, d: number, f = wave) => shaped(tree.rows, d, f);
const close = (got: readonly number[], wanted: readonly number[], digits = 14) => {
  expect(got.length).toBe(wanted.length);
  for (const [k, value] of wanted.entries())
    expect(Math.abs((got[k] as number) - value), `[${k}]`).toBeLessThanOrEqual(
      10 ** -digits * Math.abs(value),
    );
};

const trees = {
  huffman: huffmanTree([3, 0, 8, 1, 1, 20, 5]),
  ternary: balancedTree(9, 3),
  mixed: nestedTree([[0, 1], [[2], 3, [4, 5]], 6]),
};

// Python with mpmath 1.3, 40 digits: logits zᵣ = (r − 3)·1 + (r/2)·(−2) + r/8 of the rows r; softmax over rows 0–2 at the root,
// σ(±z₃) at [0, 1], softmax over rows 4–6 at [2, 3, 4].
const known = nestedTree([[0, 1], [2, 3, 4], 5]);
const knownWeight = { data: Array.from({ length: 7 }, (_, r) => [r - 3, r / 2]).flat(), shape: [7, 2] };
const knownBias = Array.from({ length: 7 }, (_, r) => r / 8);
// biome-ignore-start lint/correctness/noPrecisionLoss: as printed by mpmath
const P = [
  0.019766828880872989, 0.272872655709304786, 0.0970404175815174857, 0.109961199067455394,
  0.124602362620660424, 0.375756536140188921,
];
const LOG = [
  -3.92375005522798058, -1.29875005522798058, -2.33262771116601443, -2.20762771116601443,
  -2.08262771116601443, -0.978813855583007217,
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

describe('the likeliest classes', () => {
  for (const [name, tree] of Object.entries(trees))
    test(`${name}: as sorting all leaves`, () => {
      const h = shaped(8, 3, (k) => wave(k * 1.3));
      const weight = weightsOf(tree, 3);
      const all = hierarchicalSoftmax(h, weight, tree, { log: true }).toArray() as number[][];
      for (let k = 1; k <= tree.leaves; k++) {
        const { classes, logProbs } = hierarchicalTopK(h, weight, tree, k);
        const wanted = all.map((row) =>
          row
            .map((log, c) => ({ log, c }))
            .sort((a, b) => b.log - a.log)
            .slice(0, k),
        );
        expect(classes.toArray()).toEqual(wanted.map((row) => row.map(({ c }) => c)));
        close(
          values(logProbs),
          wanted.flatMap((row) => row.map(({ log }) => log)),
        );
      }
    });

  test('equals come lower class first, whatever their place in the tree', () => {
    const tree = nestedTree([
      [3, 1],
      [0, 2],
    ]);
    const flat = weightsOf(tree, 1, () => 0);
    expect(hierarchicalTopK([1], flat, tree, 4).classes.toArray()).toEqual([0, 1, 2, 3]);
    const bias = [inf, 0, 0];
    expect(hierarchicalTopK([1], flat, tree, 4, { bias }).classes.toArray()).toEqual([1, 3, 0, 2]);
  });

  test('a NaN gives no classes in its row alone', () => {
    const { classes, logProbs } = hierarchicalTopK([[Number.NaN], [1]], [[1]], nestedTree([0, 1]), 2);
    expect(classes.toArray()).toEqual([
      [-1, -1],
      [0, 1],
    ]);
    expect((logProbs.toArray() as number[][])[0]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('draws', () => {
  const draws = 20000;
  const same = (row: readonly number[]) => shaped(draws, row.length, (k) => row[k % row.length] as number);

  for (const [name, tree] of Object.entries(trees))
    test(`${name}: as often as probable (χ², 99.99 %)`, () => {
      const weight = weightsOf(tree, 2);
      const p = values(hierarchicalSoftmax([0.4, -0.3], weight, tree));
      const drawn = values(hierarchicalSample(same([0.4, -0.3]), weight, tree, { seed: 7 }));
      const counts = new Array<number>(tree.leaves).fill(0);
      for (const c of drawn) counts[c] = (counts[c] as number) + 1;
      const chi = counts.reduce(
        (sum, n, c) => sum + (n - draws * (p[c] as number)) ** 2 / (draws * (p[c] as number)),
        0,
      );
      // SciPy 1.17, chi2.ppf(.9999, df) for df = 6 and 8.
      expect(chi).toBeLessThan(tree.leaves === 7 ? 27.856 : 31.828);
    });

  test('the decision j of row i takes the noise i·depth + j', () => {
    const tree = trees.huffman;
    const flat = weightsOf(tree, 1, () => 0);
    const drawn = values(
      hierarchicalSample(
        shaped(50, 1, () => 1),
        flat,
        tree,
        { seed: 3, stream: 2 },
      ),
    );
    for (const [row, c] of drawn.entries()) {
      let node = 0;
      for (let j = 0; tree.classOf[node] === -1; j++)
        node = (tree.first[node] as number) + (uniform(3, 2, row * tree.depth + j) < 0.5 ? 0 : 1);
      expect(c).toBe(tree.classOf[node]);
    }
  });

  test('the impossible is never drawn, and a NaN draws nothing', () => {
    const tree = nestedTree([0, 1, 2]);
    const options = { seed: 1, bias: [-inf, 0, -inf] };
    const drawn = values(
      hierarchicalSample(
        same([1]),
        weightsOf(tree, 1, () => 0),
        tree,
        options,
      ),
    );
    expect(new Set(drawn)).toEqual(new Set([1]));
    expect(
      hierarchicalSample([[Number.NaN], [0]], [[1]], nestedTree([0, 1]), { seed: 1, bias: [99] }).toArray(),
    ).toEqual([-1, 0]);
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
