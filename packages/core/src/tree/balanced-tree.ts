import { SoftmaxError } from '../errors.ts';
import { Tree } from './tree.ts';

/**
 * Builds the complete tree of `arity`: every path has ⌈log_arity leaves⌉ decisions or one less;
 * lower classes have the shorter paths. Only the last inner node may have fewer children. Weight
 * rows are numbered from the root down.
 *
 * @param leaves the number of classes, at least 1
 * @param arity at least 2
 * @throws {SoftmaxError} INVALID_OPTION
 * @example
 * ```ts
 * balancedTree(1000).depth; // 10
 * ```
 */
export function balancedTree(leaves: number, arity = 2): Tree {
  for (const [name, value, least] of [['leaves', leaves, 1] as const, ['arity', arity, 2] as const])
    if (!Number.isInteger(value) || value < least || value >= 2 ** 30)
      throw new SoftmaxError('INVALID_OPTION', name, value, `an integer in [${least}, 2^30)`);
  // In a heap of inner nodes and then leaves, the parent of node j is node ⌊(j − 1)/arity⌋.
  const inner = Math.ceil((leaves - 1) / (arity - 1));
  const parents = new Int32Array(leaves + inner);
  for (let j = 0; j < parents.length; j++)
    parents[j < inner ? leaves + j : j - inner] = j === 0 ? -1 : leaves + Math.floor((j - 1) / arity);
  return new Tree(parents);
}
