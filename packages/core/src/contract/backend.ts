import type { DType, Host } from '../layout/dtype.ts';
import type { KernelName, Kernels } from './kernels.ts';
import type { SeededNoise } from './seeded-noise.ts';

export type Mode = 'sync' | 'async';
/** The whole of the sync/async difference. */
export type Done<T, M extends Mode> = M extends 'sync' ? T : Promise<T>;

/** Solves one valid problem: reads its inputs, changes none, and returns new buffers for every declared output. */
export type Kernel<K extends KernelName, B, M extends Mode> = (
  problem: Kernels[K]['problem'],
  inputs: { readonly [I in Kernels[K]['inputs']]: B } & {
    readonly [I in Kernels[K]['optional']]?: B | undefined;
  },
) => Done<{ readonly [O in Kernels[K]['outputs']]: B }, M>;

export type KernelTable<B, M extends Mode> = { readonly [K in KernelName]?: Kernel<K, B, M> | undefined };

/** Accuracy as the conformance suite measures it: S1 standard, S2 strict, S3 exact. */
export type Level = 'S1' | 'S2' | 'S3';

/** A check that a platform is known to fail: it must fail as long as it stands here. */
export interface Deviation {
  /** The id of the check, or its beginning followed by `*`. */
  readonly check: string;
  readonly reason: string;
}

export interface Claims {
  readonly level: Level;
  /** That of its float64 values, where float64 alone is too narrow for them. Default: `level`. */
  readonly float64?: Level;
  /** Whether results below the smallest normal number are kept. Default: true. */
  readonly subnormals?: boolean;
  readonly deviations?: readonly Deviation[];
}

/** Where numbers live (`B`), and how one problem on them is solved. Nothing about meaning. */
export interface Backend<B, M extends Mode> {
  /** The version of this contract. */
  readonly spec: 1;
  readonly name: string;
  readonly mode: M;
  /** Backends of one memory take each other's tensors. Default: the backend itself. */
  readonly memory?: object;
  /** What its buffers can hold, and its kernels take; another type is refused with `UNSUPPORTED`. */
  readonly dtypes: readonly DType[];
  /** What it can do. An absent kernel is refused with `UNSUPPORTED`, never emulated silently. */
  readonly kernels: KernelTable<B, M>;
  /** What its author promises, for the conformance suite to prove. Default: level S3, no deviation. */
  readonly claims?: Claims;
  /** Takes values of `dtype`. The array is lent: nobody changes it before `free`, and the backend never does. */
  upload(data: Host, dtype: DType): B;
  /** Makes the noise of a seed itself, to the bit. Default: core makes it, and it is uploaded. */
  readonly gumbelNoise?: ((noise: SeededNoise) => B) | undefined;
  /** The values of a buffer; the backend keeps no hold on an array that it hands out but for the buffer's own. */
  download(buffer: B): Done<Host, M>;
  /** Called exactly once for each buffer. */
  free(buffer: B): void;
  /**
   * For tests of the backend itself: until it is called with undefined, fills memory with this word of 32 bits before it is
   * used, whatever it was used for earlier: results, copies and workspaces.
   */
  poison?(word: number | undefined): void;
  /** Gives back what the backend itself holds, if anything; it refuses later calls with `DISPOSED`. */
  dispose?(): void | Promise<void>;
}
