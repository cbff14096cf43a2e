import { SoftmaxError } from '../errors.ts';
import { MAX_RANK, sizeOf } from '../layout/shape.ts';
import type { NestedInput } from './host-input.ts';

/**
 * Close to the longest plain array of V8. Lists with shared elements can represent any number of
 * values.
 */
export const MAX_NESTED: number = 2 ** 27;

/**
 * Flattens nested arrays to one array of float64, and returns their first leaf: a number, a typed
 * array, or none.
 */
export function flatten(
  input: number | NestedInput,
  name: string,
): { data: Float64Array; shape: number[]; leaf: unknown } {
  const shape: number[] = [];
  let leaf: unknown = input;
  let extent = 1;
  while (isList(leaf)) {
    const { length } = leaf;
    shape.push(length);
    extent *= length || 1;
    if (shape.length > MAX_RANK || extent > MAX_NESTED)
      throw new SoftmaxError(
        'INVALID_SHAPE',
        name,
        `nested arrays [${shape}]`,
        `at most ${MAX_RANK} levels and 2^27 values; { data, shape } for more`,
      );
    if (ArrayBuffer.isView(leaf)) break;
    leaf = leaf[0];
  }
  const data = new Float64Array(sizeOf(shape));
  let at = 0;
  const walk = (item: unknown, axis: number): void => {
    const list = isList(item);
    const length = list ? item.length : 0;
    if (axis < shape.length ? !list || length !== shape[axis] : list)
      throw new SoftmaxError('INVALID_SHAPE', name, 'ragged arrays', `equal lengths, here [${shape}]`);
    // Read once: a getter may change it.
    if (list) for (let k = 0; k < length; k++) walk(item[k], axis + 1);
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
