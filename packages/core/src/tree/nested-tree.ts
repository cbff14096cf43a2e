import { SoftmaxError, typedError } from '../errors.ts';
import { Tree } from './tree.ts';

/** A class, or the list of the children of a node. */
export type NestedTree = number | readonly NestedTree[];

/**
 * Builds the tree that nested lists of classes describe. Each of 0 … V − 1 occurs once; children
 * keep their order. A positive logit selects the first of two children. Weight rows are numbered
 * level by level, from the root down.
 *
 * @throws {SoftmaxError} INVALID_INPUT for a class that is missing or comes twice, an empty list,
 * one inside itself
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
        // Checked before it is listed: an array of holes may have any length.
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

const refuse = (value: unknown) =>
  new SoftmaxError('INVALID_INPUT', 'tree', value, 'classes 0, 1, … and lists that are not empty, each once');
