import type { Problem, Reduced, Signature } from './problem.ts';

/** What the problems of hierarchical softmax know of the tree: its weight rows, nodes and leaves. */
export interface TreeSizes {
  readonly rows: number;
  readonly nodes: number;
  readonly leaves: number;
}

/**
 * The paths from the targets to the root, as the logits that have to be computed. A step is one decision on a path: a
 * single logit, of the first child against the second, or a run of more, one for each child.
 *
 * | name | values, all int32 |
 * |---|---|
 * | logits | `[logits]` the weight row of each logit |
 * | steps | `[logits]` its step, ascending |
 * | tokens | `[steps]` the row of h of each step, ascending; rows of weight 0 have none |
 * | chosen | `[steps]` the logit that the path takes; −1 for the second of two children |
 * | touched | `[touched]` the weight rows that occur in `logits`, each once, ascending |
 * | places | `[logits]` where the row of each logit stands in `touched` |
 */
interface PathSizes {
  readonly rows: number;
  readonly logits: number;
  readonly steps: number;
}

/**
 * Adaptive softmax: a head of `head` classes and one more logit for each tail, and tails of `size` classes behind a
 * projection to `width` values. Of the tails' inputs, a loss gets those that a target of weight ≠ 0 lies in.
 *
 * | name | values |
 * |---|---|
 * | head, headBias | `[head + tails, n]`, `[head + tails]` |
 * | projectionᵢ, tailᵢ | `[width, n]`, `[size, width]` of the tail i; no bias |
 * | parts | `[outer]` int32, the tail of the target; −1 for the head |
 * | classes | `[outer]` int32, the place of the target in its part |
 */
export interface AdaptiveSizes {
  readonly head: number;
  readonly tails: readonly { readonly size: number; readonly width: number }[];
}

/** The inputs of the tails, by number. */
export type TailInputs = `projection${number}` | `tail${number}`;

/**
 * The kernels of hierarchical and adaptive softmax. Their rows are those of h: inner = 1. What their buffers hold:
 *
 * | name | values |
 * |---|---|
 * | h, dh | `[outer, n]` of the problem's dtype, as all floats but `weights`, `noise` and dy of a loss |
 * | weight, bias | `[rows, n]`, `[rows]` |
 * | logits, steps, tokens, chosen, touched, places | paths in a tree: see `PathSizes` |
 * | parents, first, rowOf, classOf, nodeOf | int32, the arrays of these names of a `Tree` |
 * | head, headBias, projectionᵢ, tailᵢ, parts, classes | see `AdaptiveSizes` |
 * | y, dy of one | `[outer, classes]` probabilities, or where `log` their logarithms |
 */
export interface HierarchicalKernels {
  hierarchicalLoss: Signature<Reduced & PathSizes, 'h' | 'weight' | 'weights' | Paths, 'bias', 'loss'>;
  /** Of the touched rows only, in their order: rows `[touched]`, dweight `[touched, n]`, dbias `[touched]`. */
  hierarchicalLossGrad: Signature<
    Reduced & PathSizes & { readonly touched: number },
    'h' | 'weight' | 'weights' | Paths | 'touched' | 'places',
    'bias' | 'dy',
    'loss' | 'dh' | 'rows' | 'dweight' | 'dbias'
  >;
  hierarchicalSoftmax: Signature<
    Problem & TreeSizes & { readonly log: boolean },
    'h' | 'weight' | Walked,
    'bias',
    'y'
  >;
  /** Of the probabilities, or where `log` of their logarithms; dweight and dbias of all rows. */
  hierarchicalSoftmaxGrad: Signature<
    Problem & TreeSizes & { readonly log: boolean },
    'h' | 'weight' | 'dy' | Walked,
    'bias',
    'dh' | 'dweight' | 'dbias'
  >;
  /** `[outer, k]`, the likeliest first, of equals the lower class; where a NaN is met, −1 and NaN. */
  hierarchicalTopK: Signature<
    Problem & TreeSizes & { readonly k: number },
    'h' | 'weight' | Walked,
    'bias',
    'classes' | 'logProbs'
  >;
  /**
   * One class for each row, −1 where a NaN is met; noise `[outer, depth]` in (0, 1), one for each decision from the root
   * down: the first child whose probability and its predecessors' exceed it.
   */
  hierarchicalSample: Signature<
    Problem & TreeSizes & { readonly depth: number },
    'h' | 'weight' | 'noise' | Walked,
    'bias',
    'classes'
  >;

  adaptiveLoss: Signature<
    Reduced & AdaptiveSizes,
    'h' | 'head' | 'parts' | 'classes' | 'weights',
    'headBias' | TailInputs,
    'loss'
  >;
  /** The gradient of every tail, zeros for one that is not given. */
  adaptiveLossGrad: Signature<
    Reduced & AdaptiveSizes,
    'h' | 'head' | 'parts' | 'classes' | 'weights',
    'headBias' | 'dy' | TailInputs,
    'loss' | 'dh' | 'dhead' | 'dheadBias' | `d${TailInputs}`
  >;
  adaptiveSoftmax: Signature<
    Problem & AdaptiveSizes & { readonly log: boolean },
    'h' | 'head',
    'headBias' | TailInputs,
    'y'
  >;
  /** Of the probabilities, or where `log` of their logarithms. */
  adaptiveSoftmaxGrad: Signature<
    Problem & AdaptiveSizes & { readonly log: boolean },
    'h' | 'head' | 'dy',
    'headBias' | TailInputs,
    'dh' | 'dhead' | 'dheadBias' | `d${TailInputs}`
  >;
}

type Paths = 'logits' | 'steps' | 'tokens' | 'chosen';
type Walked = 'parents' | 'first' | 'rowOf' | 'classOf' | 'nodeOf';
