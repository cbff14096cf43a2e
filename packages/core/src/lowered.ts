import type { Backend, Mode } from './backend.ts';
import type { Call } from './call.ts';
import { Unread } from './input.ts';
import { type Steps, wait } from './steps.ts';
import { Tensor } from './tensor.ts';

/**
 * The call of an operation. Where it must look at the values of a tensor that are still to be awaited (labels that
 * `sample` drew, say), they are awaited and stand in for the tensor in a second attempt; what else the caller passed
 * is copied before, as it may be written to meanwhile.
 */
export function* lowered(
  on: Backend<unknown, Mode>,
  operation: (...args: unknown[]) => Call,
  args: readonly unknown[],
): Steps<Call> {
  let given = args;
  for (;;) {
    try {
      return operation(...given);
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      const { tensor } = error;
      // Refuses a tensor of another backend.
      Tensor.buffer(tensor, on);
      given = given.map((arg) => copied(arg));
      const data = yield* wait(tensor.data());
      const values = { data, shape: tensor.shape, dtype: tensor.dtype };
      given = given.map((arg) => copied(arg, tensor, values));
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
