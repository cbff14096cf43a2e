import { describe, expect, test } from 'vitest';
import { balancedTree, huffmanTree, nestedTree, type Tree, treeOf } from '../src/index.ts';

function depths(tree: Tree): number[] {
  return Array.from(tree.nodeOf, (leaf) => {
    let depth = 0;
    for (let node = leaf; node > 0; node = tree.parents[node] as number) depth++;
    return depth;
  });
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The least Σ count·depth, by joining the two smallest of a list over and over. */
function shortest(counts: readonly number[]): number {
  const left = [...counts];
  let cost = 0;
  while (left.length > 1) {
    left.sort((a, b) => a - b);
    const joined = (left.shift() as number) + (left.shift() as number);
    cost += joined;
    left.push(joined);
  }
  return cost;
}

describe('a tree keeps its books', () => {
  const trees = {
    huffman: huffmanTree([5, 9, 12, 13, 16, 45]),
    balanced: balancedTree(11, 3),
    nested: nestedTree([[4, [0]], [[1, 2, 3], 5], 6]),
    given: treeOf([6, 6, 7, 7, 7, 8, 8, 8, -1]),
    alone: balancedTree(1),
  };
  for (const [name, tree] of Object.entries(trees))
    test(`${name}: every class at one leaf, children below their parents, rows that start where the last end`, () => {
      expect(Array.from(tree.nodeOf, (node) => tree.classOf[node])).toEqual(
        Array.from({ length: tree.leaves }, (_, c) => c),
      );
      const seen: number[] = [];
      for (let node = 0; node < tree.parents.length; node++) {
        const [from, to] = [tree.first[node] as number, tree.first[node + 1] as number];
        expect((tree.classOf[node] as number) >= 0).toBe(from === to);
        for (let child = from; child < to; child++) expect(tree.parents[child]).toBe(node);
        const rows = Array.from(tree.rowOf.subarray(from, to));
        expect(to - from !== 1 || rows[0] === -1).toBe(true);
        expect(to - from !== 2 || rows[0] === rows[1]).toBe(true);
        seen.push(...new Set(rows.filter((row) => row >= 0)));
      }
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: tree.rows }, (_, row) => row));
    });

  test('an only child needs no row, two one, more one each', () => {
    expect(nestedTree([[[0]], 1]).rows).toBe(1);
    expect(nestedTree([[[0]], 1]).depth).toBe(1);
    expect(nestedTree([0, 1, 2, 3]).rows).toBe(4);
    expect(trees.alone.rows).toBe(0);
    expect(nestedTree(0).leaves).toBe(1);
  });

  test('children stand in the order in which they were given', () => {
    expect(Array.from(nestedTree([[2, 0], 1]).classOf)).toEqual([-1, -1, 1, 2, 0]);
  });

  test('the weight rows of given parents follow the numbers of the inner nodes, whatever their depth', () => {
    const tree = treeOf([3, 3, 4, 4, -1]);
    expect(tree.rowOf[tree.nodeOf[0] as number]).toBe(0);
    expect(tree.rowOf[tree.nodeOf[2] as number]).toBe(1);
  });

  test('a frozen tree', () => {
    expect(() => {
      (trees.given as { depth: number }).depth = 9;
    }).toThrow(TypeError);
  });
});

describe('huffman', () => {
  test('the textbook code of CLRS §16.3: depths 4, 4, 3, 3, 3, 1', () => {
    expect(depths(huffmanTree([5, 9, 12, 13, 16, 45]))).toEqual([4, 4, 3, 3, 3, 1]);
  });

  test('unsorted counts with ties and zeros have the least cost, for 300 vocabularies', () => {
    const next = random(1);
    for (let run = 0; run < 300; run++) {
      const counts = Array.from({ length: 1 + Math.floor(next() * 40) }, () => Math.floor(next() ** 4 * 50));
      const tree = huffmanTree(counts);
      const cost = depths(tree).reduce((sum, depth, c) => sum + depth * (counts[c] as number), 0);
      expect(cost).toBe(shortest(counts));
    }
  });

  test('of equal counts the lower classes are joined first', () => {
    expect(depths(huffmanTree([1, 1, 1]))).toEqual([2, 2, 1]);
  });

  test('classes that never occur share the bottom evenly: no chain of zeros', () => {
    expect(huffmanTree(new Float64Array(1024)).depth).toBe(10);
  });

  test('a chain as deep as there are classes does not overflow the stack', () => {
    // Powers of two: every sum of the smaller ones is below the next.
    const counts = Array.from({ length: 1000 }, (_, k) => 2 ** k);
    expect(huffmanTree(counts).depth).toBe(999);
    const parents = Int32Array.from({ length: 200001 }, (_, u) =>
      u < 100001 ? 100000 + Math.max(u, 1) : u + 1,
    );
    parents[200000] = -1;
    expect(treeOf(parents).depth).toBe(100000);
  });

  test('counts of any kind', () => {
    const parents = huffmanTree([1, 2, 3, 4]).parents;
    expect(huffmanTree(new BigInt64Array([1n, 2n, 3n, 4n])).parents).toEqual(parents);
    expect(huffmanTree(new Uint32Array([1, 2, 3, 4])).parents).toEqual(parents);
    expect(huffmanTree([0.1, 0.2, 0.3, 0.4]).parents).toEqual(parents);
  });

  test('a vocabulary of a million is built in seconds', () => {
    const counts = Float64Array.from({ length: 1e6 }, (_, c) => Math.floor(1e9 / (c + 1)));
    const before = performance.now();
    const tree = huffmanTree(counts);
    // Measured: 0.4 s; the limit leaves room for a busy machine.
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(tree.rows).toBe(999_999);
    expect(tree.depth).toBe(24);
  });
});

describe('balanced', () => {
  test('depths differ by one at most, for every size and arity', () => {
    for (let leaves = 2; leaves < 130; leaves++)
      for (const arity of [2, 3, 5, 200]) {
        const all = depths(balancedTree(leaves, arity));
        const most = Math.max(...all);
        expect(most - Math.min(...all)).toBeLessThanOrEqual(1);
        expect(arity ** most).toBeGreaterThanOrEqual(leaves);
        expect(arity ** (most - 1)).toBeLessThan(leaves);
      }
  });
});

describe('what is no tree is refused', () => {
  const invalid = expect.objectContaining({ code: 'INVALID_INPUT' });
  const refused = (make: () => unknown, error = invalid) => expect(make).toThrow(error);
  test('parents', () => {
    refused(() => treeOf([]));
    refused(() => treeOf([1, 0])); // no root
    refused(() => treeOf([-1, -1])); // two
    refused(() => treeOf([2, 2, -1, 4, 3])); // a cycle beside the tree
    refused(() => treeOf([-1, 0])); // the leaf is not numbered first
    refused(() => treeOf([2, 7, -1])); // out of range
    refused(() => treeOf([2, 1.5, -1]));
    refused(() => treeOf([2, Number.NaN, -1]));
    refused(() => treeOf([2, 2, -1, 2])); // leaf 3 after the inner node 2
  });
  test('nested lists', () => {
    refused(() => nestedTree([]));
    refused(() => nestedTree([0, []]));
    refused(() => nestedTree([0, 0]));
    refused(() => nestedTree([0, 2]));
    refused(() => nestedTree([0, -1]));
    refused(() => nestedTree([0, 0.5]));
    refused(() => nestedTree([0, 'a'] as never));
    const round: unknown[] = [0];
    round.push(round);
    refused(() => nestedTree(round as number[]));
  });
  test('counts', () => {
    refused(() => huffmanTree([]));
    refused(() => huffmanTree([1, -1]));
    refused(() => huffmanTree([1, Number.NaN]));
    refused(() => huffmanTree([1, Number.POSITIVE_INFINITY]));
  });
  test('sizes', () => {
    const option = expect.objectContaining({ code: 'INVALID_OPTION' });
    refused(() => balancedTree(0), option);
    refused(() => balancedTree(2.5), option);
    refused(() => balancedTree(4, 1), option);
  });
});
