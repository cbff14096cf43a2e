import {
  type AdaptiveParameters,
  type HostInput,
  type Input,
  type Mode,
  nestedTree,
  type OpName,
  type Softmax,
} from '@softmax/core';

/** What a call is made of: whatever is not given is what fits two rows of two features and three classes. */
export interface Given {
  readonly h?: Input;
  readonly weight?: Input;
  readonly target?: HostInput;
  readonly tree?: unknown;
  readonly dy?: Input;
  /** Of log-probabilities, one for each row. */
  readonly cotangent?: readonly number[];
  readonly options?: object | undefined;
  readonly parameters?: object;
}

export type Ask = (on: Softmax<unknown, Mode>, given?: Given) => unknown;
export type TreeOp = Extract<OpName, `hierarchical${string}`>;
export type ClusterOp = Extract<OpName, `adaptive${string}`>;

export const of = (values: readonly number[], ...shape: readonly number[]): Input => ({
  data: Float32Array.from(values),
  shape,
});

export const H: readonly number[] = [0.5, -1.25, 3, 2];
export const WEIGHT: readonly number[] = [1, -0.5, 0.25, 2];
const DY = of([1, -2, 0.5, 3, 0, -1], 2, 3);

const parametersOf = (more: object = {}): AdaptiveParameters => ({
  cutoffs: [1],
  head: of(WEIGHT, 2, 2),
  tails: [{ projection: of([1, -1], 1, 2), weight: of([2, -1], 2, 1) }],
  ...more,
});

const filled = ({ h, weight, target, tree, options, ...rest }: Given) => ({
  h: h ?? of(H, 2, 2),
  weight: weight ?? of(WEIGHT, 2, 2),
  target: target ?? [0, 2],
  // What is no tree must be refused, whatever the compiler says.
  tree: (tree ?? nestedTree([[0, 1], 2])) as ReturnType<typeof nestedTree>,
  parameters: parametersOf(rest.parameters),
  dy: rest.dy ?? DY,
  cotangent: rest.cotangent ?? [1, -2],
  options: options ?? {},
});

const TREE_ASKS: { readonly [K in TreeOp]: Ask } = {
  hierarchicalSoftmax: (on, given = {}) => {
    const { h, weight, tree, options } = filled(given);
    return on.hierarchicalSoftmax(h, weight, tree, options);
  },
  hierarchicalSoftmaxGrad: (on, given = {}) => {
    const { h, weight, tree, dy, options } = filled(given);
    return on.hierarchicalSoftmaxGrad(h, weight, tree, dy, options);
  },
  hierarchicalLoss: (on, given = {}) => {
    const { h, weight, target, tree, options } = filled(given);
    return on.hierarchicalLoss(h, weight, target, tree, options);
  },
  hierarchicalLossGrad: (on, given = {}) => {
    const { h, weight, target, tree, options } = filled(given);
    return on.hierarchicalLossGrad(h, weight, target, tree, options);
  },
  hierarchicalLogProb: (on, given = {}) => {
    const { h, weight, target, tree, options } = filled(given);
    return on.hierarchicalLogProb(h, weight, target, tree, options);
  },
  hierarchicalLogProbGrad: (on, given = {}) => {
    const { h, weight, target, tree, cotangent, options } = filled(given);
    return on.hierarchicalLogProbGrad(h, weight, target, tree, cotangent, options);
  },
  hierarchicalTopK: (on, given = {}) => {
    const { h, weight, tree, options } = filled(given);
    return on.hierarchicalTopK(h, weight, tree, 2, options);
  },
  hierarchicalSample: (on, given = {}) => {
    const { h, weight, tree, options } = filled(given);
    return on.hierarchicalSample(h, weight, tree, { seed: 3, ...options });
  },
};

const CLUSTER_ASKS: { readonly [K in ClusterOp]: Ask } = {
  adaptiveSoftmax: (on, given = {}) => {
    const { h, parameters, options } = filled(given);
    return on.adaptiveSoftmax(h, parameters, options);
  },
  adaptiveSoftmaxGrad: (on, given = {}) => {
    const { h, parameters, dy, options } = filled(given);
    return on.adaptiveSoftmaxGrad(h, parameters, dy, options);
  },
  adaptiveLoss: (on, given = {}) => {
    const { h, parameters, target, options } = filled(given);
    return on.adaptiveLoss(h, parameters, target, options);
  },
  adaptiveLossGrad: (on, given = {}) => {
    const { h, parameters, target, options } = filled(given);
    return on.adaptiveLossGrad(h, parameters, target, options);
  },
  adaptiveLogProb: (on, given = {}) => {
    const { h, parameters, target, options } = filled(given);
    return on.adaptiveLogProb(h, parameters, target, options);
  },
  adaptiveLogProbGrad: (on, given = {}) => {
    const { h, parameters, target, cotangent, options } = filled(given);
    return on.adaptiveLogProbGrad(h, parameters, target, cotangent, options);
  },
};

export const ASKS: { readonly [K in TreeOp | ClusterOp]: Ask } = { ...TREE_ASKS, ...CLUSTER_ASKS };
