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
  /** Made by core and never written again, nor held by anybody else who could: an asynchronous call need not copy it. */
  readonly lasting?: boolean;
  /** The noise of a seed that `data` makes when it is read. */
  readonly seeded?: SeededNoise;
}

/** A kernel's input: values, and where its rows are not in place the order of axes that puts them there. */
export interface Operand {
  readonly from: HostTensor | Tensor;
  /**
   * The argument or option whose values it holds; `seed` where they are made from one. Absent where core derives it, from a
   * tree or from labels and weights.
   */
  readonly source?: InputName | undefined;
  /** What the values of `source` were multiplied by. Default: 1. */
  readonly scale?: number | undefined;
  readonly order?: readonly number[] | undefined;
}

/** A kernel's output: its shape as the user sees it, and the order that was applied to the inputs. */
export interface Result {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly order?: readonly number[] | undefined;
}

/**
 * One kernel call, ready to run: everything that the user could get wrong has been checked.
 * `R` names the results that the user gets; a call with one result gives it bare.
 */
export interface Call<R extends string = string, K extends KernelName = KernelName> {
  readonly kernel: K;
  readonly problem: Kernels[K]['problem'];
  readonly inputs: { readonly [name: string]: Operand | undefined };
  readonly results: { readonly [name in R]: Result };
  /** Where there is nothing to compute (a size is 0): the value that fills every result. */
  readonly fill?: number | undefined;
  /** Where one of the results is filled with another value. */
  readonly fills?: { readonly [name in R]?: number };
  /** Tensors that this call's kernel has no need of, and that must be in order all the same. */
  readonly unused?: readonly Operand[] | undefined;
  /** A check of a floating input that may live on a device; throws before the kernel runs. */
  readonly guard?: { readonly input: string; readonly check: (values: Host) => void } | undefined;
}
