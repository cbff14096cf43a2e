import {
  type AdaptiveParameters,
  balancedTree,
  type HostInput,
  type KernelName,
  type Mode,
  type OpName,
  type Softmax,
} from '@softmax/core';

/** A call of two rows of n values that has need of a kernel, and gives it all that it takes. */
export interface WholeCall {
  readonly op: OpName;
  readonly call: (on: Softmax<unknown, Mode>, n: number) => unknown;
}

/** Values of [−3, 3] that repeat only after 101 of them. */
function values(step: number, ...shape: readonly number[]): HostInput {
  const size = shape.reduce((a, b) => a * b, 1);
  return { data: Float32Array.from({ length: size }, (_, k) => ((k * step) % 101) / 16 - 3), shape };
}
/** The same in [1/8, 6.5]. */
const positive = (step: number, ...shape: readonly number[]): HostInput => {
  const { data, ...rest } = values(step, ...shape) as {
    readonly data: Float32Array;
    readonly shape: number[];
  };
  return { ...rest, data: data.map((v) => v + 3.125) };
};

const x = (n: number) => values(37, 2, n);
const dy = (n: number) => values(53, 2, n);
const perRow = () => values(29, 2);
/** The first class, and the last. */
const classes = (n: number) => [0, n - 1];
/** The classes of the targets are possible. */
const mask = (n: number) => ({
  data: Uint8Array.from({ length: 2 * n }, (_, k) => Number(k % n === 0 || k % n === n - 1 || k % 3 > 0)),
  shape: [2, n],
  dtype: 'bool' as const,
});

const conditions = (n: number) => ({ mask: mask(n), temperature: [[0.5], [2]], sink: [[1], [-1]] });
const reduced = (n: number) => ({ mask: mask(n), tokenWeight: [1, 0.5], reduction: 'none' as const });
const weighted = (n: number) => ({ ...reduced(n), weight: positive(41, n), labelSmoothing: 0.1 });
const probabilities = (n: number) => ({ probabilities: positive(31, 2, n) });
const noisy = (n: number) => ({ noise: values(17, 2, n), mask: mask(n) });

/** n + 1 classes behind n features: a tree of n weight rows, and a head of one class with a tail of n. */
const branches = (n: number) => [x(n), values(43, n, n), balancedTree(n + 1)] as const;
const targeted = (n: number) => [x(n), values(43, n, n), [0, n], balancedTree(n + 1)] as const;
const bias = (n: number) => ({ bias: values(19, n) });
const clusters = (n: number): AdaptiveParameters => ({
  cutoffs: [1],
  head: values(43, 2, n),
  headBias: values(19, 2),
  tails: [{ projection: values(47, 2, n), weight: values(23, n, 2) }],
});
const rowLosses = { tokenWeight: [1, 0.5], reduction: 'none' } as const;

const DISTRIBUTIONS = {
  softmax: { op: 'softmax', call: (on, n) => on.softmax(x(n), conditions(n)) },
  softmaxGrad: { op: 'softmaxGrad', call: (on, n) => on.softmaxGrad(x(n), dy(n), conditions(n)) },
  logSoftmax: { op: 'logSoftmax', call: (on, n) => on.logSoftmax(x(n), conditions(n)) },
  logSoftmaxGrad: { op: 'logSoftmaxGrad', call: (on, n) => on.logSoftmaxGrad(x(n), dy(n), conditions(n)) },
  hardmax: { op: 'hardmax', call: (on, n) => on.hardmax(x(n), { mask: mask(n) }) },
  oneHot: { op: 'oneHot', call: (on, n) => on.oneHot(classes(n), n) },
  gumbelSoftmax: { op: 'gumbelSoftmax', call: (on, n) => on.gumbelSoftmax(x(n), noisy(n)) },
  gumbelSoftmaxGrad: {
    op: 'gumbelSoftmaxGrad',
    call: (on, n) => on.gumbelSoftmaxGrad(x(n), dy(n), noisy(n)),
  },
  gumbelTopK: { op: 'sample', call: (on, n) => on.sample(x(n), noisy(n)) },
  sparsemax: { op: 'sparsemax', call: (on, n) => on.sparsemax(x(n), { mask: mask(n) }) },
  entmax15: { op: 'entmax', call: (on, n) => on.entmax(x(n), { mask: mask(n) }) },
  entmax: { op: 'entmax', call: (on, n) => on.entmax(x(n), { alpha: 1.3, mask: mask(n) }) },
  entmaxGrad: { op: 'entmaxGrad', call: (on, n) => on.entmaxGrad(x(n), dy(n), { mask: mask(n) }) },
} as const satisfies { readonly [K in KernelName]?: WholeCall };

const LOGARITHMS = {
  logSumExp: { op: 'logSumExp', call: (on, n) => on.logSumExp(x(n), { mask: mask(n) }) },
  logSumExpGrad: {
    op: 'logSumExpGrad',
    call: (on, n) => on.logSumExpGrad(x(n), perRow(), { mask: mask(n) }),
  },
  signedLogSumExp: { op: 'logSumExp', call: (on, n) => on.logSumExp(x(n), { mask: mask(n), b: dy(n) }) },
  signedLogSumExpGrad: {
    op: 'logSumExpGrad',
    call: (on, n) => on.logSumExpGrad(x(n), perRow(), { mask: mask(n), b: dy(n) }),
  },
  logAddExp: { op: 'logAddExp', call: (on, n) => on.logAddExp(x(n), dy(n)) },
  logAddExpGrad: { op: 'logAddExpGrad', call: (on, n) => on.logAddExpGrad(x(n), dy(n), values(11, 2, n)) },
  logCumSumExp: { op: 'logCumSumExp', call: (on, n) => on.logCumSumExp(x(n)) },
  logCumSumExpGrad: { op: 'logCumSumExpGrad', call: (on, n) => on.logCumSumExpGrad(x(n), dy(n)) },
  klDivergence: {
    op: 'klDivergence',
    call: (on, n) => on.klDivergence(positive(37, 2, n), positive(53, 2, n)),
  },
  klDivergenceGrad: {
    op: 'klDivergenceGrad',
    call: (on, n) => on.klDivergenceGrad(positive(37, 2, n), positive(53, 2, n), perRow()),
  },
  entropy: { op: 'entropy', call: (on, n) => on.entropy(positive(37, 2, n)) },
  entropyGrad: { op: 'entropyGrad', call: (on, n) => on.entropyGrad(positive(37, 2, n), perRow()) },
} as const satisfies { readonly [K in KernelName]?: WholeCall };

const LOSSES = {
  crossEntropy: { op: 'crossEntropy', call: (on, n) => on.crossEntropy(x(n), classes(n), weighted(n)) },
  crossEntropyGrad: {
    op: 'crossEntropyGrad',
    call: (on, n) => on.crossEntropyGrad(x(n), classes(n), { ...weighted(n), dy: perRow() }),
  },
  softCrossEntropy: {
    op: 'crossEntropy',
    call: (on, n) => on.crossEntropy(x(n), probabilities(n), weighted(n)),
  },
  softCrossEntropyGrad: {
    op: 'crossEntropyGrad',
    call: (on, n) => on.crossEntropyGrad(x(n), probabilities(n), { ...weighted(n), dy: perRow() }),
  },
  nllLoss: { op: 'nllLoss', call: (on, n) => on.nllLoss(x(n), classes(n), weighted(n)) },
  nllLossGrad: {
    op: 'nllLossGrad',
    call: (on, n) => on.nllLossGrad(x(n), classes(n), { ...weighted(n), dy: perRow() }),
  },
  entmaxLoss: { op: 'entmaxLoss', call: (on, n) => on.entmaxLoss(x(n), classes(n), reduced(n)) },
  entmaxLossGrad: {
    op: 'entmaxLossGrad',
    call: (on, n) => on.entmaxLossGrad(x(n), classes(n), { ...reduced(n), dy: perRow() }),
  },
} as const satisfies { readonly [K in KernelName]?: WholeCall };

const LAYERS = {
  hierarchicalSoftmax: {
    op: 'hierarchicalSoftmax',
    call: (on, n) => on.hierarchicalSoftmax(...branches(n), bias(n)),
  },
  hierarchicalSoftmaxGrad: {
    op: 'hierarchicalSoftmaxGrad',
    call: (on, n) => on.hierarchicalSoftmaxGrad(...branches(n), values(53, 2, n + 1), bias(n)),
  },
  hierarchicalLoss: {
    op: 'hierarchicalLoss',
    call: (on, n) => on.hierarchicalLoss(...targeted(n), { ...bias(n), ...rowLosses }),
  },
  hierarchicalLossGrad: {
    op: 'hierarchicalLossGrad',
    call: (on, n) => on.hierarchicalLossGrad(...targeted(n), { ...bias(n), ...rowLosses, dy: perRow() }),
  },
  hierarchicalTopK: {
    op: 'hierarchicalTopK',
    call: (on, n) => on.hierarchicalTopK(...branches(n), 2, bias(n)),
  },
  hierarchicalSample: {
    op: 'hierarchicalSample',
    call: (on, n) => on.hierarchicalSample(...branches(n), { ...bias(n), seed: 7 }),
  },
  adaptiveSoftmax: { op: 'adaptiveSoftmax', call: (on, n) => on.adaptiveSoftmax(x(n), clusters(n)) },
  adaptiveSoftmaxGrad: {
    op: 'adaptiveSoftmaxGrad',
    call: (on, n) => on.adaptiveSoftmaxGrad(x(n), clusters(n), values(53, 2, n + 1)),
  },
  adaptiveLoss: {
    op: 'adaptiveLoss',
    call: (on, n) => on.adaptiveLoss(x(n), clusters(n), [0, n], rowLosses),
  },
  adaptiveLossGrad: {
    op: 'adaptiveLossGrad',
    call: (on, n) => on.adaptiveLossGrad(x(n), clusters(n), [0, n], { ...rowLosses, dy: perRow() }),
  },
} as const satisfies { readonly [K in KernelName]?: WholeCall };

/** The compiler asks for one of every kernel. */
export const WHOLE_CALLS: { readonly [K in KernelName]: WholeCall } = {
  ...DISTRIBUTIONS,
  ...LOGARITHMS,
  ...LOSSES,
  ...LAYERS,
};
