import type { FloatType } from './dtype.ts';
import type { Rows } from './shape.ts';

/** Every problem: `[outer, n, inner]` values of one float type. None of the three is ever 0. */
export interface Problem extends Rows {
  readonly dtype: FloatType;
}

/** What a row without a possible entry becomes: NaN, probability 0 everywhere, or the uniform distribution. */
export type EmptyRow = 'nan' | 'zero' | 'uniform';

/** The distribution of a row: softmax of v = ±x, capped, over the entries that the mask allows. */
export interface Distribution extends Problem {
  /** v = −x (softmin). */
  readonly negate: boolean;
  /** v = c·tanh(v/c) for finite v; 0 for none. */
  readonly softcap: number;
  /** Divides v − max v, in [0, +∞]; 1 where the input `temperature` is given. */
  readonly temperature: number;
  /** A row whose entries are all masked; one whose allowed entries are all −inf (and that has no sink). */
  readonly empty: { readonly masked: EmptyRow; readonly impossible: EmptyRow };
}

export interface CrossEntropy extends Problem {
  /** α in [0, 1]: q = (1 − α)·target + α/K over the K classes that the mask allows. */
  readonly smoothing: number;
  /** Adds zLoss·lse² to the loss of each row. */
  readonly zLoss: number;
  /** One number, the sum over the rows, or one for each row. */
  readonly sum: boolean;
  /** Divides the loss: 1 unless the reduction is a mean. May be NaN. */
  readonly denominator: number;
}

/**
 * What a backend may implement: a closed list. Inputs and outputs by name; what their buffers hold:
 *
 * | name | values |
 * |---|---|
 * | x, y, dx, dy | `[outer, n, inner]` of the problem's dtype; dy of a reducing kernel: `[outer, inner]` |
 * | mask | `[outer, n, inner]` bool, 1 = takes part; a masked value is never read |
 * | temperature, sink | `[outer, inner]` of the parameter type (float64 beside float64, else float32) |
 * | classes | `[outer, inner]` int32, each in [0, n) |
 * | weights | `[outer, inner]` of the parameter type, finite; a row of weight 0 is skipped, not multiplied |
 * | classWeights | `[n]` of the parameter type, finite; a class of weight 0 contributes 0 |
 * | loss | one value or `[outer, inner]`, of the problem's dtype |
 */
export interface Kernels {
  softmax: { problem: Distribution; inputs: 'x'; optional: 'mask' | 'temperature' | 'sink'; outputs: 'y' };
  softmaxGrad: {
    problem: Distribution;
    inputs: 'x' | 'dy';
    optional: 'mask' | 'temperature' | 'sink';
    outputs: 'dx';
  };
  logSoftmax: { problem: Distribution; inputs: 'x'; optional: 'mask' | 'temperature' | 'sink'; outputs: 'y' };
  logSoftmaxGrad: {
    problem: Distribution;
    inputs: 'x' | 'dy';
    optional: 'mask' | 'temperature' | 'sink';
    outputs: 'dx';
  };
  /** y is `[outer, inner]`: log Σ e^x; −inf for a row without a possible entry. */
  logSumExp: { problem: Problem; inputs: 'x'; optional: 'mask'; outputs: 'y' };
  logSumExpGrad: { problem: Problem; inputs: 'x' | 'dy'; optional: 'mask'; outputs: 'dx' };
  crossEntropy: {
    problem: CrossEntropy;
    inputs: 'x' | 'classes' | 'weights';
    optional: 'mask' | 'classWeights';
    outputs: 'loss';
  };
  /** The loss and its gradient in one pass; dy, `[outer, inner]` of the parameter type, scales dx and not the loss. */
  crossEntropyGrad: {
    problem: CrossEntropy;
    inputs: 'x' | 'classes' | 'weights';
    optional: 'mask' | 'classWeights' | 'dy';
    outputs: 'loss' | 'dx';
  };
}
export type KernelName = keyof Kernels;
