import type { HostInput, LogSumExpOptions, OpName, Tensor, Tree } from '@softmax/core';
import type * as ops from '@softmax/core/ops';
import type { Adaptive } from './adaptive.ts';

/** The last parameter, unless it is a tensor like the others. */
type Last<A extends readonly unknown[]> = A extends readonly [...unknown[], infer O]
  ? [Tensor] extends [O]
    ? never
    : O
  : never;
type Signed = { readonly logSumExp: LogSumExpOptions; readonly logSumExpGrad: LogSumExpOptions };
/** The type of an operation's options in core. */
type OwnOptions<K extends OpName> = K extends keyof Signed
  ? Signed[K]
  : Last<Required<Parameters<(typeof ops)[K]>>>;
type KeysOf<T> = T extends unknown ? keyof T : never;
type ValueOf<T, N extends PropertyKey> = T extends unknown ? (N extends keyof T ? T[N] : never) : never;

interface Targeted {
  /**
   * The content of the input `target`: a class for each row (int64), or probabilities in the shape
   * of x. Default: classes.
   */
  readonly target?: 'classes' | 'probabilities';
}

interface Hierarchical {
  readonly tree: Tree;
  /** An input of the model, or the weights, which then become part of it. Default: 'input'. */
  readonly weight?: HostInput | 'input';
}

/**
 * The options of an operation in core; an option `'input'` becomes an input of the model with its
 * name.
 */
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
