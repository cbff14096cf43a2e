import { SoftmaxError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import { hostValues } from '../input/input.ts';
import { Tree } from './tree.ts';

/**
 * Builds the binary tree with the shortest mean path, Σ count·depth least: the two rarest nodes are
 * joined until one is left. Among equals, leaves come before inner nodes, and lower numbers first.
 * Weight rows follow the order of joining, the root last.
 * O(V log V) time, O(V) memory; a vocabulary of 10⁶ takes about a second.
 *
 * @param counts the frequency of each class, in any unit and order: finite and ≥ 0
 * @throws {SoftmaxError} INVALID_INPUT for none, and for a count that is negative or not finite
 * @see D. A. Huffman, "A Method for the Construction of Minimum-Redundancy Codes", 1952; T. Mikolov
 * et al., "Distributed Representations of Words and Phrases and their Compositionality", NeurIPS
 * 2013 (its use here)
 * @example
 * ```ts
 * huffmanTree([8, 4, 2, 1, 1]).depth; // 4
 * ```
 */
export function huffmanTree(counts: HostInput): Tree {
  const weight = Float64Array.from(hostValues(counts, 'counts').data, Number);
  const leaves = weight.length;
  const wrong = weight.findIndex((count) => !(count >= 0 && count < Number.POSITIVE_INFINITY));
  if (wrong >= 0)
    throw new SoftmaxError('INVALID_INPUT', `counts[${wrong}]`, weight[wrong], 'finite numbers >= 0');
  if (leaves === 0) throw new SoftmaxError('INVALID_INPUT', 'counts', 'none', 'one count for each class');

  // Both queues ascend: the sorted leaves, and the joined nodes in the order of joining.
  const sorted = new Uint32Array(leaves).map((_, u) => u);
  sorted.sort((a, b) => (weight[a] as number) - (weight[b] as number) || a - b);
  const sums = new Float64Array(leaves);
  const parents = new Int32Array(2 * leaves - 1).fill(-1);
  let [leaf, inner] = [0, 0];
  for (let created = 0; created < leaves - 1; created++)
    for (let child = 0; child < 2; child++) {
      const rarest = weight[sorted[leaf] as number] as number;
      const joined = leaf === leaves || (inner < created && (sums[inner] as number) < rarest);
      (sums[created] as number) += joined ? (sums[inner] as number) : rarest;
      parents[joined ? leaves + inner++ : (sorted[leaf++] as number)] = leaves + created;
    }
  return new Tree(parents);
}
