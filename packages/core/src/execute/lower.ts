import type { Call } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { Unread } from '../input/input.ts';
import type { AnyBackend, Steps } from './steps.ts';

/** An operation of `@softmax/core/ops`, of whatever arguments: checks them and describes one kernel call. */
export type Operation = (...args: unknown[]) => Call;

/**
 * Lowers an operation to its call. Where it must look at the values of a tensor that are still to be awaited (labels that
 * `sample` drew, say), they are awaited and take the tensor's place in another attempt. Whatever else the caller passed is
 * copied before, as it may be written to meanwhile.
 */
export function* lowerSteps(on: AnyBackend, operation: Operation, args: readonly unknown[]): Steps<Call> {
  let current = args;
  for (;;) {
    try {
      return operation(...current);
    } catch (error) {
      const tensor = unreadTensor(on, error);
      if (!tensor || on.mode === 'sync') throw error;
      current = current.map((arg) => copied(arg));
      const { shape, dtype } = tensor;
      const values = { data: (yield tensor.data()) as unknown, shape, dtype };
      current = current.map((arg) => copied(arg, tensor, values));
    }
  }
}

/**
 * The tensor whose values an operation could not look at yet, where that is why it failed.
 *
 * @throws {SoftmaxError} FOREIGN_TENSOR, DISPOSED for that tensor
 */
function unreadTensor(on: AnyBackend, error: unknown): Tensor | undefined {
  if (!(error instanceof Unread)) return undefined;
  Tensor.buffer(error.tensor, on);
  return error.tensor;
}

/** Copies arrays and options, with `values` in the place of `tensor`. */
function copied(arg: unknown, tensor?: Tensor, values?: object): unknown {
  if (arg === null || typeof arg !== 'object') return arg;
  if (arg === tensor) return values;
  const copy = (item: unknown) => copied(item, tensor, values);
  if (Array.isArray(arg)) return arg.map(copy);
  if (ArrayBuffer.isView(arg)) return 'slice' in arg ? (arg as Uint8Array).slice() : arg;
  const plain = Object.getPrototypeOf(arg) === Object.prototype;
  return plain ? Object.fromEntries(Object.entries(arg).map(([name, item]) => [name, copy(item)])) : arg;
}
