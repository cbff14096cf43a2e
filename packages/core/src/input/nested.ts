import { SoftmaxError } from '../errors.ts';
import { sizeOf } from '../layout/shape.ts';
import type { NestedInput } from './host-input.ts';

/** Nested arrays as one flat array of doubles, and their first leaf: a number, a typed array, or none. */
export function flatten(
  input: number | NestedInput,
  name: string,
): { data: Float64Array; shape: number[]; leaf: unknown } {
  const shape: number[] = [];
  let leaf: unknown = input;
  while (isList(leaf)) {
    shape.push(leaf.length);
    if (ArrayBuffer.isView(leaf)) break;
    leaf = leaf[0];
  }
  const data = new Float64Array(sizeOf(shape));
  let at = 0;
  const walk = (item: unknown, axis: number): void => {
    const list = isList(item);
    if (axis < shape.length ? !list || item.length !== shape[axis] : list)
      throw new SoftmaxError('INVALID_SHAPE', name, 'ragged arrays', `equal lengths, here [${shape}]`);
    if (list) for (let k = 0; k < item.length; k++) walk(item[k], axis + 1);
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
