import { SoftmaxError, typedError } from '../errors.ts';
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
  try {
    return drawn(nested);
  } catch (error) {
    throw typedError(error, 'tree');
  }
}

function drawn(nested: NestedTree): Tree {
  if (typeof nested !== 'number' && !Array.isArray(nested)) throw refuse(nested);
  const items = [nested];
  const above = [-1];
  const lists = new Set<NestedTree>();
  let inner = 0;
  for (let k = 0; k < items.length; k++) {
    const item = items[k] as NestedTree;
    if (typeof item === 'number') inner++;
    else if (item.length === 0 || lists.has(item)) throw refuse('a list that is empty or comes twice');
    else {
      lists.add(item);
      for (const child of item) {
        // Before it is listed: an array of holes may be of any length.
        if (typeof child !== 'number' && !Array.isArray(child)) throw refuse(child);
        above[items.push(child) - 1] = k;
      }
    }
  }
  // The inner nodes are numbered after the leaves.
  const number = items.map((item) => (typeof item === 'number' ? item : inner++));
  const parents = new Int32Array(items.length).fill(-2);
  number.forEach((u, k) => {
    parents[u] = k === 0 ? -1 : (number[above[k] as number] as number);
  });
  if (parents.includes(-2)) throw refuse(`no class ${parents.indexOf(-2)}`);
  return new Tree(parents, number);
}

const refuse = (given: unknown) =>
  new SoftmaxError('INVALID_INPUT', 'tree', given, 'classes 0, 1, … and lists that are not empty, each once');
