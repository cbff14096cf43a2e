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
 * Values that live on one backend, with a shape and a dtype. Operations take and give tensors;
 * reading is the only way out, so nothing is copied between operations.
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

  /** Tensors are made by `createSoftmax(backend).tensor` and by operations. */
  constructor(backend: Backend<unknown, Mode>, buffer: unknown, dtype: DType, shape: Shape) {
    this.#backend = backend;
    this.#buffer = buffer;
    this.dtype = dtype;
    this.shape = freeze(shape);
  }

  /** The values, row-major, in the dtype's array (float16 as its bits). The tensor's own where the backend can: read it, or copy it. */
  data(): Done<Host, M> {
    const backend = this.#backend;
    if (backend.mode === 'sync') return backend.download(this.#hold()) as Done<Host, M>;
    // An asynchronous backend's functions reject; they never throw.
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

  /** The values as nested arrays of numbers; a number for rank 0. */
  toArray(): Done<Nested, M> {
    const data: Host | Promise<Host> = this.data();
    const nested = (values: Host) => nest(values, this.dtype, this.shape);
    return (data instanceof Promise ? data.then(nested) : nested(data)) as Done<Nested, M>;
  }

  /** Gives the buffer back, at once or when the calls that still read it are done. A second call does nothing. */
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

  /** Whether the values can be read at once. */
  static isSync(x: Tensor): boolean {
    return #backend in x && x.#backend.mode === 'sync';
  }

  /** The buffer of a tensor of `backend`, for who works with the backend's own buffers. */
  static buffer<B, M extends Mode>(x: Tensor, backend: Backend<B, M>): B {
    // A Proxy of a tensor is an instance of it, and has no buffer.
    const own = #backend in x ? x.#backend : undefined;
    if (!own || (own.memory ?? own) !== (backend.memory ?? backend))
      throw new SoftmaxError(
        'FOREIGN_TENSOR',
        'tensor',
        own ? `one of ${own.name}` : 'one without a backend',
        `one of this ${backend.name}`,
      );
    return x.#hold() as B;
  }

  /** The same, kept from being freed until `release`. */
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
