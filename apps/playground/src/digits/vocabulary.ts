import { hierarchicalLogProb, huffmanTree, softmax, type Tree } from '@softmax/core';
import { numbers } from '../state/numbers.ts';

const MOST = 12;

export const TEXT = `the more often the word comes the shorter is the path to the word, and the
softmax of a large vocabulary is the sum of a path and not of the whole of the vocabulary:
a word and a path and a sum, and the tree is a tree of the words and of the paths`;

export interface Vocabulary {
  readonly words: readonly string[];
  readonly counts: readonly number[];
  readonly tree: Tree;
  /** The one weight row of each decision, for the feature h = [1]. */
  readonly weight: readonly (readonly number[])[];
  /** How often each node's words come. */
  readonly below: readonly number[];
}

/** The words of a text that come most often, and their Huffman tree. */
export function vocabularyOf(text: string): Vocabulary | undefined {
  const seen = new Map<string, number>();
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) seen.set(word, (seen.get(word) ?? 0) + 1);
  const most = [...seen].sort((a, b) => b[1] - a[1]).slice(0, MOST);
  if (most.length < 2) return undefined;
  const counts = most.map(([, count]) => count);
  const tree = huffmanTree(counts);
  const below = belowOf(tree, counts);
  return { words: most.map(([word]) => word), counts, tree, weight: weightOf(tree, below), below };
}

/** Parents come before their children, so backwards each node is whole when it is added to its parent. */
function belowOf({ parents, classOf }: Tree, counts: readonly number[]): number[] {
  const below = Array.from(classOf, (word) => counts[word] ?? 0);
  for (let node = parents.length - 1; node > 0; node--) {
    const parent = parents[node] ?? 0;
    below[parent] = (below[parent] ?? 0) + (below[node] ?? 0);
  }
  return below;
}

/** The logit of the first child against the second: then each word is as likely as it is frequent. */
function weightOf({ rows, first, rowOf, parents }: Tree, below: readonly number[]): number[][] {
  const weight = Array.from({ length: rows }, () => [0]);
  for (let node = 0; node < parents.length; node++) {
    const left = first[node] ?? 0;
    if (first[node + 1] !== left + 2) continue;
    weight[rowOf[left] ?? 0] = [Math.log((below[left] ?? 0) / (below[left + 1] ?? 0))];
  }
  return weight;
}

/** The nodes from the root to a word. */
export function pathTo({ tree: { parents, nodeOf } }: Vocabulary, word: number): number[] {
  const path: number[] = [];
  for (let node = nodeOf[word] ?? -1; node >= 0; node = parents[node] ?? -1) path.unshift(node);
  return path;
}

/** The probability of a word by the decisions on its path, and by one softmax over all words. */
export function chancesOf({ counts, tree, weight }: Vocabulary, word: number) {
  const byPath = Math.exp(
    numbers(
      hierarchicalLogProb(
        [[1]],
        weight.map((row) => [...row]),
        [word],
        tree,
      ),
    )[0] ?? Number.NaN,
  );
  const flat = numbers(softmax(counts.map(Math.log)))[word] ?? Number.NaN;
  return { byPath, flat };
}

/** The decisions of a word on the average. */
export function meanDecisions(vocabulary: Vocabulary): number {
  const total = vocabulary.below[0] ?? 1;
  return vocabulary.counts.reduce(
    (sum, count, word) => sum + (count / total) * (pathTo(vocabulary, word).length - 1),
    0,
  );
}
