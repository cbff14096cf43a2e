import type { HostInput, LogSumExpOptions, OpName, Tensor, Tree } from '@softmax/core';
import type * as ops from '@softmax/core/ops';
import type { Adaptive } from './adaptive.ts';

/**
 * What an operation takes before its options: tensors, which are inputs of its model (`target`: classes, or probabilities),
 * and numbers, which are options of the export.
 */
export type Argument =
  | 'x'
  | 'dy'
  | 'a'
  | 'b'
  | 'p'
  | 'q'
  | 'target'
  | 'classes'
  | 'h'
  | 'weight'
  | 'tree'
  | 'parameters'
  | 'depth'
  | 'k';

export const ARGUMENTS: { readonly [K in OpName]: readonly Argument[] } = {
  softmax: ['x'],
  softmaxGrad: ['x', 'dy'],
  softmin: ['x'],
  softminGrad: ['x', 'dy'],
  logSoftmax: ['x'],
  logSoftmaxGrad: ['x', 'dy'],
  logSumExp: ['x'],
  logSumExpGrad: ['x', 'dy'],
  logMeanExp: ['x'],
  logMeanExpGrad: ['x', 'dy'],
  logAddExp: ['a', 'b'],
  logAddExpGrad: ['a', 'b', 'dy'],
  logCumSumExp: ['x'],
  logCumSumExpGrad: ['x', 'dy'],
  hardmax: ['x'],
  oneHot: ['classes', 'depth'],
  crossEntropy: ['x', 'target'],
  crossEntropyGrad: ['x', 'target'],
  nllLoss: ['x', 'target'],
  nllLossGrad: ['x', 'target'],
  klDivergence: ['p', 'q'],
  klDivergenceGrad: ['p', 'q', 'dy'],
  entropy: ['p'],
  entropyGrad: ['p', 'dy'],
  gumbelSoftmax: ['x'],
  gumbelSoftmaxGrad: ['x', 'dy'],
  sample: ['x'],
  sampleWithoutReplacement: ['x', 'k'],
  sparsemax: ['x'],
  sparsemaxGrad: ['x', 'dy'],
  sparsemaxLoss: ['x', 'target'],
  sparsemaxLossGrad: ['x', 'target'],
  entmax: ['x'],
  entmaxGrad: ['x', 'dy'],
  entmaxLoss: ['x', 'target'],
  entmaxLossGrad: ['x', 'target'],
  hierarchicalSoftmax: ['h', 'weight', 'tree'],
  hierarchicalSoftmaxGrad: ['h', 'weight', 'tree', 'dy'],
  hierarchicalTopK: ['h', 'weight', 'tree', 'k'],
  hierarchicalSample: ['h', 'weight', 'tree'],
  hierarchicalLoss: ['h', 'weight', 'target', 'tree'],
  hierarchicalLossGrad: ['h', 'weight', 'target', 'tree'],
  hierarchicalLogProb: ['h', 'weight', 'target', 'tree'],
  hierarchicalLogProbGrad: ['h', 'weight', 'target', 'tree', 'dy'],
  adaptiveSoftmax: ['h', 'parameters'],
  adaptiveSoftmaxGrad: ['h', 'parameters', 'dy'],
  adaptiveLoss: ['h', 'parameters', 'target'],
  adaptiveLossGrad: ['h', 'parameters', 'target'],
  adaptiveLogProb: ['h', 'parameters', 'target'],
  adaptiveLogProbGrad: ['h', 'parameters', 'target', 'dy'],
};

/** The last parameter, unless that is a tensor as the others are. */
type Last<A extends readonly unknown[]> = A extends readonly [...unknown[], infer O]
  ? [Tensor] extends [O]
    ? never
    : O
  : never;
type Signed = { readonly logSumExp: LogSumExpOptions; readonly logSumExpGrad: LogSumExpOptions };
/** What core calls the options of an operation. */
type OwnOptions<K extends OpName> = K extends keyof Signed
  ? Signed[K]
  : Last<Required<Parameters<(typeof ops)[K]>>>;
type KeysOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, N extends PropertyKey> = T extends unknown ? (N extends keyof T ? T[N] : never) : never;

interface Targeted {
  /** Whether the input `target` holds a class for each row (int64), or probabilities in the shape of x. Default: classes. */
  readonly target?: 'classes' | 'probabilities';
}

interface Hierarchical {
  readonly tree: Tree;
  /** An input, or the weights themselves, which are then part of the model. Default: 'input'. */
  readonly weight?: HostInput | 'input';
}

/** The options of an operation in core; what is `'input'` becomes an input of the model, by the option's name. */
export type OperationOptions<K extends OpName> = {
  readonly [N in Exclude<KeysOf<OwnOptions<K>>, 'seed' | 'stream' | 'dtype'>]?:
    | ValueOf<OwnOptions<K>, N>
    | 'input'
    | undefined;
} & (K extends 'crossEntropy' | 'crossEntropyGrad' ? Targeted : unknown) &
  (K extends 'oneHot' ? { readonly depth: number } : unknown) &
  (K extends 'sampleWithoutReplacement' | 'hierarchicalTopK' ? { readonly k: number } : unknown) &
  (K extends 'hierarchicalSample' ? { readonly noise?: 'input' } : unknown) &
  (K extends `hierarchical${string}` ? Hierarchical : unknown) &
  (K extends `adaptive${string}` ? { readonly parameters: Adaptive } : unknown);
