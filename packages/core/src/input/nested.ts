import { SoftmaxError } from '../errors.ts';
import { allocate } from '../layout/dtype.ts';
import { extentOf, MAX_RANK, sizeOf } from '../layout/shape.ts';
import type { NestedInput } from './host-input.ts';

/** The longest plain array of V8 is not much longer. Lists that share what they hold can stand for any number of values. */
export const MAX_NESTED: number = 2 ** 27;

/** Nested arrays as one flat array of doubles, and their first leaf: a number, a typed array, or none. */
export function flatten(
  input: number | NestedInput,
  name: string,
): { data: Float64Array; shape: number[]; leaf: unknown } {
  const shape: number[] = [];
  let leaf: unknown = input;
  while (isList(leaf)) {
    const { length } = leaf;
    shape.push(length);
    const refuse = (given: unknown, allowed: string) =>
      new SoftmaxError('INVALID_SHAPE', name, given, allowed);
    if (shape.length > MAX_RANK) throw refuse(`more than ${MAX_RANK} levels`, `at most ${MAX_RANK}`);
    if (extentOf(shape) > MAX_NESTED)
      throw refuse([...shape], 'at most 2^27 values in nested arrays; { data, shape } for more');
    if (ArrayBuffer.isView(leaf)) break;
    leaf = leaf[0];
  }
  const data = allocate('float64', sizeOf(shape));
  let at = 0;
  const walk = (item: unknown, axis: number): void => {
    const list = isList(item);
    if (axis < shape.length ? !list || item.length !== shape[axis] : list)
      throw new SoftmaxError('INVALID_SHAPE', name, 'ragged arrays', `equal lengths, here [${shape}]`);
    // Not `item.length`, which a getter may change.
    if (list) for (let k = 0; k < (shape[axis] as number); k++) walk(item[k], axis + 1);
    else data[at++] = number(item, name);
  };
  walk(input, 0);
  return { data, shape, leaf };
}

const isList = (item: unknown): item is ArrayLike<unknown> => Array.isArray(item) || ArrayBuffer.isView(item);

function number(item: unknown, name: string): number {
  if (typeof item === 'number' || typeof item === 'bigint' || typeof item === 'boolean') return Number(item);
  throw new SoftmaxError('INVALID_INPUT', name, item, 'numbers, bigints, booleans');
}
