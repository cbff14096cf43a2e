import type { Call } from '../contract/call.ts';
import type { Operation } from '../contract/operation.ts';
import type { Input } from '../input/input.ts';
import { rowWise, SPARSEMAX_OPTIONS, type SparsemaxOptions } from '../lowering/row-wise.ts';

export const hardmaxOperation: Operation = {
  arguments: ['x'],
  options: SPARSEMAX_OPTIONS,
  results: ['y'],
  kernels: ['hardmax'],
  rows: 'apart',
  about: 'one 1 in each row, at the first maximum',
};

/**
 * hardmax(x): 1 at the first maximum of each row, 0 elsewhere. A row with a NaN, or of −inf only,
 * is NaN.
 *
 * @param x logits of any shape; the result has the same shape and float type
 * @throws {SoftmaxError} INVALID_AXIS, INVALID_SHAPE, INVALID_OPTION, INVALID_INPUT
 * @see ONNX operator Hardmax-13
 * @example
 * ```ts
 * hardmax([1, 3, 3]).toArray(); // [0, 1, 0]
 * ```
 */
export function hardmax(x: Input, options: SparsemaxOptions = {}): Call<'y'> {
  return { kernel: 'hardmax', ...rowWise(x, options) };
}
