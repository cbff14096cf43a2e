import type { Problem, Reduced, Signature } from './problem.ts';
import type { HierarchicalKernels } from './tree-kernels.ts';

export type { Problem, Reduced } from './problem.ts';

/**
 * The value of a row without a possible entry: NaN, probability 0 everywhere, or the uniform
 * distribution.
 */
export type EmptyRow = 'nan' | 'zero' | 'uniform';

/** The distribution of a row: softmax of v = ±x, capped, over the entries that the mask allows. */
export interface Distribution extends Problem {
  /** v = −x (softmin). */
  readonly negate: boolean;
  /** v = c·tanh(v/c) for finite v; 0 for none. */
  readonly softcap: number;
  /** Divides v − max v, in [0, +∞]; 1 if the input `temperature` is present. */
  readonly temperature: number;
  /**
   * The result of a row whose entries are all masked, and of a row whose allowed entries are all
   * −inf without a sink.
   */
  readonly empty: { readonly masked: EmptyRow; readonly impossible: EmptyRow };
}

/** The negative log-likelihood of a target with optional label smoothing. */
export interface Likelihood extends Reduced {
  /** α in [0, 1]: q = (1 − α)·target + α/K over the K classes that the mask allows. */
  readonly smoothing: number;
}

export interface CrossEntropy extends Likelihood {
  /** Adds zLoss·lse² to the loss of each row. */
  readonly zLoss: number;
}

/** The logarithm of a sum of exponentials, or of their mean. */
export interface LogSum extends Problem {
  /** Subtracts the logarithm of the number of entries that take part. */
  readonly mean: boolean;
}

/** log |Σ b·e^x|; a negative sum gives NaN unless `signed`. */
export interface SignedLogSum extends Problem {
  readonly signed: boolean;
}

/** One class for each row, or k of them in order; the logits are (x, perturbed by noise). */
export interface Draw extends Problem {
  readonly k: number;
}

/**
 * softmax((x + noise)/temperature). With `hard`, as for temperature 0, the one-hot vector of its
 * first maximum.
 */
export interface Gumbel extends Problem {
  readonly temperature: number;
  readonly hard: boolean;
}

/** α-entmax: p = [(α − 1)x − τ]₊^{1/(α − 1)}. */
export interface Entmax extends Problem {
  readonly alpha: number;
}
export interface EntmaxLoss extends Reduced {
  readonly alpha: number;
}

/**
 * The kernels that a backend may implement: a closed list. Inputs and outputs have names; their
 * buffers hold:
 *
 * | name | values |
 * |---|---|
 * | x, y, dx, dy | `[outer, n, inner]` of the problem's dtype; y and dy of a reducing kernel: `[outer, inner]` |
 * | mask | `[outer, n, inner]` bool, 1 = takes part; a masked value is never read |
 * | temperature, sink | `[outer, inner]` of the parameter type (float64 beside float64, else float32) |
 * | noise | `[outer, n, inner]` of the parameter type, finite, added to x in float64 |
 * | target | `[outer, n, inner]` of the problem's dtype: probabilities |
 * | classes | `[outer, inner]` int32, each in [0, n); those drawn: `[outer, k, inner]` |
 * | weights | `[outer, inner]` of the parameter type, finite; a row of weight 0 is skipped, not multiplied |
 * | classWeights | `[n]` of the parameter type, finite; a class of weight 0 contributes 0 |
 * | loss | one value or `[outer, inner]`, of the problem's dtype |
 * | dy of a loss | `[outer, inner]` of the parameter type; scales dx (and dt), not the loss |
 *
 * See `HierarchicalKernels` for the kernels of hierarchical and adaptive softmax.
 */
export interface Kernels extends HierarchicalKernels {
  softmax: Signature<Distribution, 'x', Conditions, 'y'>;
  softmaxGrad: Signature<Distribution, 'x' | 'dy', Conditions, 'dx'>;
  logSoftmax: Signature<Distribution, 'x', Conditions, 'y'>;
  logSoftmaxGrad: Signature<Distribution, 'x' | 'dy', Conditions, 'dx'>;

  /** y: log Σ e^x; −inf for a row without a possible entry. */
  logSumExp: Signature<LogSum, 'x', 'mask', 'y'>;
  logSumExpGrad: Signature<Problem, 'x' | 'dy', 'mask', 'dx'>;
  /** y: log |Σ b·e^x|, sign: −1, 0 or 1; b as x. A term with b = 0 is not read. */
  signedLogSumExp: Signature<SignedLogSum, 'x' | 'b', 'mask', 'y' | 'sign'>;
  signedLogSumExpGrad: Signature<SignedLogSum, 'x' | 'b' | 'dy', 'mask', 'dx' | 'db'>;
  /** a, b, y and their gradients all have the same shape, n = 1. */
  logAddExp: Signature<Problem, 'a' | 'b', never, 'y'>;
  logAddExpGrad: Signature<Problem, 'a' | 'b' | 'dy', never, 'da' | 'db'>;
  logCumSumExp: Signature<Problem, 'x', never, 'y'>;
  logCumSumExpGrad: Signature<Problem, 'x' | 'dy', never, 'dx'>;

  /** 1 at the first maximum, 0 elsewhere; a NaN row is NaN. */
  hardmax: Signature<Problem, 'x', 'mask', 'y'>;
  /** y: 1 at the class of the row. */
  oneHot: Signature<Problem, 'classes', never, 'y'>;

  crossEntropy: Signature<CrossEntropy, 'x' | 'classes' | 'weights', 'mask' | 'classWeights', 'loss'>;
  /** Returns the loss and its gradient in one pass. */
  crossEntropyGrad: Signature<
    CrossEntropy,
    'x' | 'classes' | 'weights',
    'mask' | 'classWeights' | 'dy',
    'loss' | 'dx'
  >;
  softCrossEntropy: Signature<CrossEntropy, 'x' | 'target' | 'weights', 'mask' | 'classWeights', 'loss'>;
  softCrossEntropyGrad: Signature<
    CrossEntropy,
    'x' | 'target' | 'weights',
    'mask' | 'classWeights' | 'dy',
    'loss' | 'dx' | 'dt'
  >;
  /** x: log-probabilities. */
  nllLoss: Signature<Likelihood, 'x' | 'classes' | 'weights', 'mask' | 'classWeights', 'loss'>;
  nllLossGrad: Signature<
    Likelihood,
    'x' | 'classes' | 'weights',
    'mask' | 'classWeights' | 'dy',
    'loss' | 'dx'
  >;
  /** y: Σ p·log(p/q); p and q as x. */
  klDivergence: Signature<Problem, 'p' | 'q', never, 'y'>;
  klDivergenceGrad: Signature<Problem, 'p' | 'q' | 'dy', never, 'dp' | 'dq'>;
  /** y: −Σ p·log p. */
  entropy: Signature<Problem, 'p', never, 'y'>;
  entropyGrad: Signature<Problem, 'p' | 'dy', never, 'dp'>;

  gumbelSoftmax: Signature<Gumbel, 'x' | 'noise', 'mask', 'y'>;
  /** The gradient of the soft sample, also if `hard`; 0 for temperature 0. */
  gumbelSoftmaxGrad: Signature<Gumbel, 'x' | 'noise' | 'dy', 'mask', 'dx'>;
  /** The classes of the k largest x + noise, largest first. At least k classes are possible. */
  gumbelTopK: Signature<Draw, 'x' | 'noise', 'mask', 'classes'>;

  sparsemax: Signature<Problem, 'x', 'mask', 'y'>;
  entmax15: Signature<Problem, 'x', 'mask', 'y'>;
  /** The exponent is any α > 1. */
  entmax: Signature<Entmax, 'x', 'mask', 'y'>;
  /** The gradient of the three operations above. */
  entmaxGrad: Signature<Entmax, 'x' | 'dy', 'mask', 'dx'>;
  entmaxLoss: Signature<EntmaxLoss, 'x' | 'classes' | 'weights', 'mask', 'loss'>;
  entmaxLossGrad: Signature<EntmaxLoss, 'x' | 'classes' | 'weights', 'mask' | 'dy', 'loss' | 'dx'>;
}
export type KernelName = keyof Kernels;

type Conditions = 'mask' | 'temperature' | 'sink';
