import type { Call } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { typedError } from '../errors.ts';
import { Unread } from '../input/input.ts';
import { MAX_NESTED } from '../input/nested.ts';
import type { AnyBackend, Steps } from './steps.ts';

/** An operation of `@softmax/core/ops`, of whatever arguments: checks them and describes one kernel call. */
export type Operation = (...args: unknown[]) => Call;

/** Lowers an operation to its call, on a synchronous backend, whose tensors can be read. */
export function lowered(on: AnyBackend, operation: Operation, args: readonly unknown[]): Call {
  try {
    return operation(...args);
  } catch (error) {
    unreadTensor(on, error);
    throw typedError(error, 'arguments');
  }
}

/**
 * Lowers an operation to its call, on an asynchronous backend. Where it must look at the values of a tensor that are still to be awaited (labels that
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
      if (!tensor) throw typedError(error, 'arguments');
      current = copies(current);
      const { shape, dtype } = tensor;
      const values = { data: (yield tensor.data()) as unknown, shape, dtype };
      current = copies(current, tensor, values);
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
function copies(args: readonly unknown[], tensor?: Tensor, values?: object): readonly unknown[] {
  // A list may hold itself, or another many times.
  const known = new Map<unknown, unknown>([[tensor, values]]);
  const keep = <T>(arg: unknown, copy: T): T => {
    known.set(arg, copy);
    return copy;
  };
  const copied = (arg: unknown): unknown => {
    if (arg === null || typeof arg !== 'object') return arg;
    if (known.has(arg)) return known.get(arg);
    if (ArrayBuffer.isView(arg)) return keep(arg, 'slice' in arg ? (arg as Uint8Array).slice() : arg);
    if (Array.isArray(arg)) {
      // What is longer is refused where it is read.
      const { length } = arg;
      if (length > MAX_NESTED) return arg;
      const list: unknown[] = keep(arg, []);
      for (let k = 0; k < length; k++) list[k] = copied(arg[k]);
      return list;
    }
    if (Object.getPrototypeOf(arg) !== Object.prototype) return arg;
    const plain: Record<string, unknown> = keep(arg, {});
    for (const [name, item] of Object.entries(arg)) plain[name] = copied(item);
    return plain;
  };
  try {
    return args.map(copied);
  } catch (error) {
    throw typedError(error, 'arguments');
  }
}
