import type { DType, Host } from '../layout/dtype.ts';
import type { Shape } from '../layout/shape.ts';
import type { KernelName, Kernels } from './kernels.ts';
import type { InputName } from './operation.ts';
import type { SeededNoise } from './seeded-noise.ts';
import type { Tensor } from './tensor.ts';

/** Values on the host, row-major and without gaps. */
export interface HostTensor {
  readonly data: Host;
  readonly dtype: DType;
  readonly shape: Shape;
  /** Owned by core and immutable, so asynchronous calls need no copy. */
  readonly lasting?: boolean;
  /** The noise of a seed; reading `data` generates it. */
  readonly seeded?: SeededNoise;
}

/** A kernel's input: values, and an order of axes if the rows must be permuted into place. */
export interface Operand {
  readonly from: HostTensor | Tensor;
  /**
   * The argument or option that holds the values; `seed` if they are generated from a seed. Absent
   * if core derives the values from a tree or from labels and weights.
   */
  readonly source?: InputName | undefined;
  /** The factor already applied to the values of `source`. Default: 1. */
  readonly scale?: number | undefined;
  readonly order?: readonly number[] | undefined;
}

/** A kernel's output: its shape for the user, and the order of axes applied to the inputs. */
export interface Result {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly order?: readonly number[] | undefined;
}

/**
 * One kernel call, ready to run: all user input has been validated. `R` names the results; a call
 * with one result returns it bare.
 */
export interface Call<R extends string = string, K extends KernelName = KernelName> {
  readonly kernel: K;
  readonly problem: Kernels[K]['problem'];
  readonly inputs: { readonly [name: string]: Operand | undefined };
  readonly results: { readonly [name in R]: Result };
  /** The value that fills every result if there is nothing to compute (a size is 0). */
  readonly fill?: number | undefined;
  /** Fill values of results that differ from `fill`. */
  readonly fills?: { readonly [name in R]?: number };
  /** Tensors that this call's kernel does not need, but which must be valid all the same. */
  readonly unused?: readonly Operand[] | undefined;
  /** A check of a floating input that may live on a device; throws before the kernel runs. */
  readonly guard?: { readonly input: string; readonly check: (values: Host) => void } | undefined;
}
