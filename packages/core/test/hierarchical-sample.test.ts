import { describe, expect, test } from 'vitest';
import { hierarchicalSample, hierarchicalSoftmax, nestedTree, uniform } from '../src/index.ts';
import { inf, shaped, trees, values, weightsOf } from './small-trees.ts';

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
