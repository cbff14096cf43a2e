import type { Problem, Reduced, Signature } from './problem.ts';

/** The tree as problems of hierarchical softmax describe it: its weight rows, nodes and leaves. */
export interface TreeSizes {
  readonly rows: number;
  readonly nodes: number;
  readonly leaves: number;
}

/**
 * The paths from the targets to the root, as a list of logits to compute. A step is one decision on
 * a path. It is a single logit, of the first child against the second, or a run of more logits, one
 * for each child.
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
 * Adaptive softmax: a head of `head` classes plus one logit for each tail, and tails of `size`
 * classes after a projection to `width` values. A loss receives the inputs only of tails that
 * contain a target of weight ≠ 0.
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

/** Names of the tails' inputs, by number. */
export type TailInputs = `projection${number}` | `tail${number}`;

/**
 * The kernels of hierarchical and adaptive softmax. Their rows are the rows of h: inner = 1. Their
 * buffers hold:
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
  /**
   * Gradients of the touched rows only, in their order: rows `[touched]`, dweight `[touched, n]`,
   * dbias `[touched]`.
   */
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
  /**
   * The gradient of the probabilities, or of their logarithms with `log`; dweight and dbias cover
   * all rows.
   */
  hierarchicalSoftmaxGrad: Signature<
    Problem & TreeSizes & { readonly log: boolean },
    'h' | 'weight' | 'dy' | Walked,
    'bias',
    'dh' | 'dweight' | 'dbias'
  >;
  /**
   * `[outer, k]`, in descending order, among equals the lower class first; −1 and NaN after a NaN.
   */
  hierarchicalTopK: Signature<
    Problem & TreeSizes & { readonly k: number },
    'h' | 'weight' | Walked,
    'bias',
    'classes' | 'logProbs'
  >;
  /**
   * One class for each row, −1 after a NaN; noise `[outer, depth]` in (0, 1), one for each decision
   * from the root down. A decision takes the first child at which the cumulative probability
   * exceeds the noise.
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
  /** The gradient of every tail; zeros for a tail without inputs. */
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
  /** The gradient of the probabilities, or of their logarithms with `log`. */
  adaptiveSoftmaxGrad: Signature<
    Problem & AdaptiveSizes & { readonly log: boolean },
    'h' | 'head' | 'dy',
    'headBias' | TailInputs,
    'dh' | 'dhead' | 'dheadBias' | `d${TailInputs}`
  >;
}

type Paths = 'logits' | 'steps' | 'tokens' | 'chosen';
type Walked = 'parents' | 'first' | 'rowOf' | 'classOf' | 'nodeOf';
