import { SoftmaxError } from '../errors.ts';
import { Tree } from './tree.ts';

/** A class, or the list of what is below a node. */
export type NestedTree = number | readonly NestedTree[];

/**
 * The tree that nested lists of classes draw, each of 0 … V − 1 once, with children in the order in which they stand;
 * the first of two is the one that a positive logit chooses. Weight rows go level by level, from the root down.
 *
 * @throws {SoftmaxError} INVALID_INPUT for a class that is missing or comes twice, an empty list, one inside itself
 * @example
 * ```ts
 * nestedTree([[0, 1], [2, 3, 4]]).rows; // 5
 * ```
 */
export function nestedTree(nested: NestedTree): Tree {
  const items: NestedTree[] = [nested];
  const above = [-1];
  const lists = new Set<NestedTree>();
  let leaves = 0;
  for (let k = 0; k < items.length; k++) {
    const item = items[k] as NestedTree;
    if (typeof item === 'number') leaves++;
    else if (!Array.isArray(item) || item.length === 0 || lists.has(item))
      throw refuse(item, 'classes and lists that are not empty, each once');
    else {
      lists.add(item);
      for (const child of item) above[items.push(child) - 1] = k;
    }
  }
  let inner = leaves;
  const number = items.map((item) => (typeof item === 'number' ? item : inner++));
  const parents = new Int32Array(items.length).fill(-2);
  items.forEach((item, k) => {
    const u = number[k] as number;
    if (typeof item === 'number' && !(item >= 0 && item < leaves && parents[item] === -2))
      throw refuse(item, `each integer in [0, ${leaves}) once`);
    parents[u] = k === 0 ? -1 : (number[above[k] as number] as number);
  });
  return new Tree(parents, number);
}

const refuse = (given: unknown, allowed: string) => new SoftmaxError('INVALID_INPUT', 'tree', given, allowed);
