import type { DType, Host } from '../layout/dtype.ts';
import type { KernelName, Kernels } from './kernels.ts';
import type { SeededNoise } from './seeded-noise.ts';

export type Mode = 'sync' | 'async';
/** The only difference between synchronous and asynchronous backends. */
export type Done<T, M extends Mode> = M extends 'sync' ? T : Promise<T>;

/**
 * Solves one valid problem: reads its inputs without changing them, and returns new buffers for all
 * declared outputs.
 */
export type Kernel<K extends KernelName, B, M extends Mode> = (
  problem: Kernels[K]['problem'],
  inputs: { readonly [I in Kernels[K]['inputs']]: B } & {
    readonly [I in Kernels[K]['optional']]?: B | undefined;
  },
) => Done<{ readonly [O in Kernels[K]['outputs']]: B }, M>;

export type KernelTable<B, M extends Mode> = { readonly [K in KernelName]?: Kernel<K, B, M> | undefined };

/** Accuracy as the conformance suite measures it: S1 standard, S2 strict, S3 exact. */
export type Level = 'S1' | 'S2' | 'S3';

/**
 * A check that a platform is known to fail. The suite requires it to fail for as long as it is
 * listed.
 */
export interface Deviation {
  /** The id of the check, or a prefix followed by `*`. */
  readonly check: string;
  readonly reason: string;
}

export interface Claims {
  readonly level: Level;
  /**
   * The level of float64 values, if arithmetic in float64 alone is too narrow for `level`.
   * Default: `level`.
   */
  readonly float64?: Level;
  /** Results below the smallest normal number are not flushed to zero. Default: true. */
  readonly subnormals?: boolean;
  readonly deviations?: readonly Deviation[];
}

/**
 * A memory (`B`) and kernels that solve one problem in it. It knows nothing of an operation's
 * meaning.
 */
export interface Backend<B, M extends Mode> {
  /** The version of this contract. */
  readonly spec: 1;
  readonly name: string;
  readonly mode: M;
  /** Backends with the same memory accept each other's tensors. Default: the backend itself. */
  readonly memory?: object;
  /** Types that its buffers can hold and its kernels accept; another type throws `UNSUPPORTED`. */
  readonly dtypes: readonly DType[];
  /**
   * The kernels that it implements. An absent kernel throws `UNSUPPORTED`; nothing is emulated
   * silently.
   */
  readonly kernels: KernelTable<B, M>;
  /** The author's claims, which the conformance suite verifies. Default: level S3, no deviation. */
  readonly claims?: Claims;
  /**
   * Takes values of `dtype`. The array is lent: the caller does not change it before `free`, and
   * the backend never does.
   */
  upload(data: Host, dtype: DType): B;
  /**
   * Generates the noise of a seed, equal to core's in every bit. Default: core generates and
   * uploads it.
   */
  readonly gumbelNoise?: ((noise: SeededNoise) => B) | undefined;
  /**
   * Returns the values of a buffer. The caller may keep the array; the backend must not reuse it,
   * unless it is the buffer itself.
   */
  download(buffer: B): Done<Host, M>;
  /** Frees a buffer. Called exactly once for each buffer. */
  free(buffer: B): void;
  /**
   * For tests of the backend: fills memory with this 32-bit word before each use
   * (results, copies and workspaces), including memory that is reused. `undefined` ends that.
   */
  poison?(word: number | undefined): void;
  /** Releases the backend's resources, if any; later calls throw `DISPOSED`. */
  dispose?(): void | Promise<void>;
}
