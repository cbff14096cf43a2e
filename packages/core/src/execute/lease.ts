import type { Backend, Mode } from '../contract/backend.ts';
import { Tensor } from '../contract/tensor.ts';
import type { Buffers } from './results.ts';

/** A caught error, with any thrown value: it may be `undefined`. */
export interface Failure {
  readonly error: unknown;
}

/**
 * The resources of a call until it ends: the tensors that it reads, its own input buffers, and the
 * kernel's outputs.
 */
export class Lease {
  readonly outputs: Buffers = {};
  readonly #backend: Backend<unknown, Mode>;
  readonly #tensors: Tensor[] = [];
  readonly #uploads: unknown[] = [];

  constructor(backend: Backend<unknown, Mode>) {
    this.#backend = backend;
  }

  /** Keeps a tensor from being freed, and returns its buffer. */
  acquire(tensor: Tensor): unknown {
    const buffer = Tensor.acquire(tensor, this.#backend);
    this.#tensors.push(tensor);
    return buffer;
  }

  /** Takes ownership of an input buffer that was created for this call. */
  own(buffer: unknown): unknown {
    this.#uploads.push(buffer);
    return buffer;
  }

  /**
   * Frees and releases all inputs, even after a failure. Returns the first failure: `first`, if
   * there is one.
   */
  returnInputs(first?: Failure): Failure | undefined {
    return freeAll(this.#backend, this.#uploads, attemptAll(this.#tensors, Tensor.release, first));
  }

  /** Frees all outputs of a call that failed. */
  returnOutputs(first: Failure): Failure {
    return freeAll(this.#backend, Object.values(this.outputs), first) ?? first;
  }
}

/** Frees buffers, even after a failure. Returns the first failure: `first`, if there is one. */
export const freeAll = (
  backend: Backend<unknown, Mode>,
  buffers: readonly unknown[],
  first?: Failure,
): Failure | undefined => attemptAll(buffers, (buffer) => backend.free(buffer), first);

/**
 * Runs an action for all items, even after a failure. Returns the first failure: `first`, if there
 * is one.
 */
function attemptAll<T>(items: readonly T[], action: (item: T) => void, first?: Failure): Failure | undefined {
  let failure = first;
  for (const item of items)
    try {
      action(item);
    } catch (error) {
      failure ??= { error };
    }
  return failure;
}
