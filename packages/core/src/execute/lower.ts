import type { Call } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { typedError } from '../errors.ts';
import { Unread } from '../input/input.ts';
import { MAX_NESTED } from '../input/nested.ts';
import type { AnyBackend, Steps } from './steps.ts';

/** A lowering function with any arguments: validates them and describes one kernel call. */
export type Operation = (...args: unknown[]) => Call;

/** Lowers an operation on a synchronous backend, whose tensors can be read at once. */
export function lowered(on: AnyBackend, operation: Operation, args: readonly unknown[]): Call {
  try {
    return operation(...args);
  } catch (error) {
    unreadTensor(on, error);
    throw typedError(error, 'arguments');
  }
}

/**
 * Lowers an operation on an asynchronous backend. If it needs the values of a tensor that are not
 * available yet (for example labels that `sample` drew), they are awaited and replace the tensor in
 * another attempt. All other arguments are copied first, because the caller may write to them
 * meanwhile.
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
 * If lowering failed because it needed a tensor's values, returns that tensor.
 *
 * @throws {SoftmaxError} FOREIGN_TENSOR, DISPOSED for that tensor
 */
function unreadTensor(on: AnyBackend, error: unknown): Tensor | undefined {
  if (!(error instanceof Unread)) return undefined;
  Tensor.buffer(error.tensor, on);
  return error.tensor;
}

/** Copies arrays and options, with `values` in place of `tensor`. */
function copies(args: readonly unknown[], tensor?: Tensor, values?: object): readonly unknown[] {
  // A list may contain itself, or another list many times.
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
      // A longer list throws when it is read.
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
