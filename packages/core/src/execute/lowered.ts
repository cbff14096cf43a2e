import type { Backend, Mode } from '../contract/backend.ts';
import type { Call } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { Unread } from '../input/input.ts';

type Operation = (...args: unknown[]) => Call;

/** The tensor whose values an operation had to look at and could not, where that is what failed; refused if foreign. */
export function unread(on: Backend<unknown, Mode>, failure: unknown): Tensor {
  if (!(failure instanceof Unread)) throw failure;
  Tensor.buffer(failure.tensor, on);
  return failure.tensor;
}

/**
 * The call of an operation that failed at once. Where it must look at the values of a tensor that are still to be awaited
 * (labels that `sample` drew, say), they are awaited and stand in for the tensor in another attempt; what else the caller
 * passed is copied before, as it may be written to meanwhile.
 */
export async function lowered(
  on: Backend<unknown, Mode>,
  operation: Operation,
  args: readonly unknown[],
  failure: unknown,
): Promise<Call> {
  let given = args;
  let error = failure;
  for (;;) {
    const tensor = unread(on, error);
    given = given.map((arg) => copied(arg));
    const values = { data: await tensor.data(), shape: tensor.shape, dtype: tensor.dtype };
    given = given.map((arg) => copied(arg, tensor, values));
    try {
      return operation(...given);
    } catch (next) {
      error = next;
    }
  }
}

/** Arrays and options as copies of their own, with `values` in the place of `tensor`. */
function copied(arg: unknown, tensor?: Tensor, values?: object): unknown {
  if (arg === null || typeof arg !== 'object') return arg;
  if (arg === tensor) return values;
  const copy = (item: unknown) => copied(item, tensor, values);
  if (Array.isArray(arg)) return arg.map(copy);
  if (ArrayBuffer.isView(arg)) return 'slice' in arg ? (arg as Uint8Array).slice() : arg;
  const plain = Object.getPrototypeOf(arg) === Object.prototype;
  return plain ? Object.fromEntries(Object.entries(arg).map(([name, item]) => [name, copy(item)])) : arg;
}
