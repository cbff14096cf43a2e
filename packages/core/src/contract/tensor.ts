/// <reference lib="esnext.disposable" preserve="true" />

import { SoftmaxError } from '../errors.ts';
import { MAX_NESTED } from '../input/nested.ts';
import type { DType, Host } from '../layout/dtype.ts';
import { valueAt } from '../layout/float16.ts';
import { extentOf, freeze, type Shape } from '../layout/shape.ts';
import type { Backend, Done, Mode } from './backend.ts';

/** Numbers, and arrays of them to any depth. */
export type Nested = number | readonly Nested[];

/**
 * Values in the memory of one backend, with a shape and a dtype. Operations take and return
 * tensors; only reading copies values out, so nothing is copied between operations.
 *
 * @example
 * ```ts
 * const { tensor } = createSoftmax(cpu());
 * const y = softmax(tensor([[1, 2], [3, 4]]));
 * y.shape;     // [2, 2]
 * y.toArray(); // [[0.2689…, 0.7310…], [0.2689…, 0.7310…]]
 * ```
 */
export class Tensor<M extends Mode = Mode> {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly #backend: Backend<unknown, Mode>;
  #buffer: unknown;
  #disposed = false;
  #uses = 0;

  /** Internal: `createSoftmax(backend).tensor` and operations construct tensors. */
  constructor(backend: Backend<unknown, Mode>, buffer: unknown, dtype: DType, shape: Shape) {
    this.#backend = backend;
    this.#buffer = buffer;
    this.dtype = dtype;
    this.shape = freeze(shape);
  }

  /**
   * Returns the values, row-major, in the dtype's array (float16 as its bits). The array may be the
   * tensor's own: read it or copy it, never write to it.
   */
  data(): Done<Host, M> {
    const backend = this.#backend;
    if (backend.mode === 'sync') return backend.download(this.#hold()) as Done<Host, M>;
    // An asynchronous backend rejects; it never throws.
    const read = async () => {
      const buffer = Tensor.acquire(this, backend);
      try {
        return await backend.download(buffer);
      } finally {
        Tensor.release(this);
      }
    };
    return read() as Done<Host, M>;
  }

  /** Returns the values as nested arrays of numbers; a number for rank 0. */
  toArray(): Done<Nested, M> {
    const data: Host | Promise<Host> = this.data();
    const nested = (values: Host) => nest(values, this.dtype, this.shape);
    return (data instanceof Promise ? data.then(nested) : nested(data)) as Done<Nested, M>;
  }

  /**
   * Frees the buffer, at once or after the last call that reads it. A second call has no effect.
   */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#uses === 0) this.#free();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #free(): void {
    this.#backend.free(this.#buffer);
    this.#buffer = undefined;
  }

  #hold(): unknown {
    if (this.#disposed)
      throw new SoftmaxError('DISPOSED', 'tensor', 'one that was disposed', 'a tensor still in use');
    return this.#buffer;
  }

  /** Returns true if the values can be read synchronously. */
  static isSync(x: Tensor): boolean {
    return #backend in x && x.#backend.mode === 'sync';
  }

  /**
   * Returns the buffer of a tensor of `backend`, for code that works with the backend's own
   * buffers. Throws on a tensor of another memory.
   */
  static buffer<B, M extends Mode>(x: Tensor, backend: Backend<B, M>): B {
    // A Proxy of a tensor is an instance of Tensor but has no buffer.
    const owner = #backend in x ? x.#backend : undefined;
    if (!owner || (owner.memory ?? owner) !== (backend.memory ?? backend))
      throw new SoftmaxError(
        'FOREIGN_TENSOR',
        'tensor',
        owner ? `one of ${owner.name}` : 'one without a backend',
        `one of this ${backend.name}`,
      );
    return x.#hold() as B;
  }

  /** Returns the buffer and protects it from being freed until `release`. */
  static acquire<B, M extends Mode>(x: Tensor, backend: Backend<B, M>): B {
    const buffer = Tensor.buffer(x, backend);
    x.#uses++;
    return buffer;
  }

  static release(this: void, x: Tensor): void {
    x.#uses--;
    if (x.#disposed && x.#uses === 0) x.#free();
  }
}

function nest(data: Host, dtype: DType, shape: Shape): Nested {
  if (extentOf(shape) > MAX_NESTED)
    throw new SoftmaxError('INVALID_SHAPE', 'toArray', [...shape], 'at most 2^27 values; data() for more');
  let at = 0;
  const level = (axis: number): Nested =>
    axis === shape.length
      ? valueAt(data, dtype, at++)
      : Array.from({ length: shape[axis] as number }, () => level(axis + 1));
  return level(0);
}
