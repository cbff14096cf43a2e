import type { HostInput } from '../input/host-input.ts';
import { hostValues } from '../input/input.ts';
import { Tree } from './tree.ts';

/**
 * Builds a tree from parents: the parent of node i is parents[i], −1 for the root. The classes 0 …
 * V − 1 are its leaves and come first. A node may have any number of children, in ascending order;
 * a positive logit selects the first of two. Weight rows follow the numbers of the inner nodes.
 *
 * @throws {SoftmaxError} INVALID_INPUT for no root, several, a cycle, a parent out of range, leaves
 * not numbered first
 * @see F. Morin, Y. Bengio, "Hierarchical Probabilistic Neural Network Language Model", AISTATS
 * 2005
 * @example
 * ```ts
 * treeOf([3, 3, 4, 4, -1]).rows; // 2
 * ```
 */
export function treeOf(parents: HostInput): Tree {
  return new Tree(Float64Array.from(hostValues(parents, 'parents').data, Number));
}
