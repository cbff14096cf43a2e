import type { CrossEntropy, Distribution, KernelName } from '@softmax/core';
import { product } from './random.ts';

export const rows = { outer: 2, n: 3, inner: 1 } as const;
const dtypes = ['float32', 'float64'] as const;
const given = (present: { readonly [name: string]: unknown }) =>
  Object.fromEntries(Object.entries(present).filter(([, value]) => value === true));

/** Every variant of a distribution's graph. */
const distributions = product({
  dtype: dtypes,
  negate: [false, true],
  softcap: [0, 5],
  temperature: [1, 2],
  masked: ['nan', 'zero', 'uniform'],
  impossible: ['nan', 'zero', 'uniform'],
  mask: [false, true],
  rows: [false, true],
  sink: [false, true],
} as const).map(({ masked, impossible, mask, rows: temperature, sink, ...choice }) => {
  const problem: Distribution = { ...rows, ...choice, empty: { masked, impossible } };
  return { problem, given: given({ mask, temperature, sink }) };
});

const losses = product({
  dtype: dtypes,
  smoothing: [0, 0.1],
  zLoss: [0, 0.1],
  sum: [false, true],
  denominator: [1, 7],
  mask: [false, true],
  classWeights: [false, true],
  dy: [false, true],
} as const).map(({ mask, classWeights, dy, ...choice }) => {
  const problem: CrossEntropy = { ...rows, ...choice };
  return { problem, given: given({ mask, classWeights, dy }) };
});

const probable = losses.map(({ problem, given }) => ({ problem, given: { ...given, target: true } }));

const sums = product({ dtype: dtypes, mask: [false, true], mean: [false, true] }).map(
  ({ dtype, mask, mean }) => ({
    problem: { ...rows, dtype, mean },
    given: given({ mask }),
  }),
);

const draws = product({ dtype: dtypes, mask: [false, true], k: [2] }).map(({ mask, ...choice }) => ({
  problem: { ...rows, ...choice },
  given: given({ mask }),
}));
const relaxed = product({
  dtype: dtypes,
  mask: [false, true],
  hard: [false, true],
  temperature: [1, 2],
}).map(({ mask, ...choice }) => ({ problem: { ...rows, ...choice }, given: given({ mask }) }));
const signedSums = product({ dtype: dtypes, mask: [false, true], signed: [false, true] }).map(
  ({ mask, ...choice }) => ({ problem: { ...rows, ...choice }, given: given({ mask }) }),
);
const sparse = product({ dtype: dtypes, mask: [false, true], alpha: [1.2, 1.5, 2, 3] }).map(
  ({ mask, ...choice }) => ({ problem: { ...rows, ...choice }, given: given({ mask }) }),
);
const sparseLosses = product({
  dtype: dtypes,
  mask: [false, true],
  alpha: [1.2, 1.5, 2, 3],
  sum: [false, true],
  dy: [false, true],
  denominator: [1],
}).map(({ mask, dy, ...choice }) => ({ problem: { ...rows, ...choice }, given: given({ mask, dy }) }));
const trees = product({ dtype: dtypes, bias: [false, true], log: [false, true] }).map(
  ({ bias, ...choice }) => ({ problem: { ...rows, ...choice }, given: given({ bias }) }),
);
const paths = product({ dtype: dtypes, bias: [false, true], sum: [false, true], dy: [false, true] }).map(
  ({ bias, dy, ...choice }) => ({ problem: { ...rows, ...choice }, given: given({ bias, dy }) }),
);
const clusters = product({
  dtype: dtypes,
  headBias: [false, true],
  tail1: [false, true],
  log: [false, true],
  sum: [false, true],
  dy: [false, true],
}).map(({ headBias, tail1, dy, ...choice }) => ({
  problem: { ...rows, ...choice, tails: [{}, {}] },
  given: given({ headBias, tail0: true, tail1, dy }),
}));
const plain = dtypes.map((dtype) => ({ problem: { ...rows, dtype }, given: {} }));

/** Calls of each kernel that together ask for every graph that it has. */
export const CALLS: { readonly [K in KernelName]?: readonly { problem: object; given: object }[] } = {
  softmax: distributions,
  softmaxGrad: distributions,
  logSoftmax: distributions,
  logSoftmaxGrad: distributions,
  logSumExp: sums,
  logSumExpGrad: sums,
  crossEntropy: losses.filter(({ given }) => !('dy' in given)),
  crossEntropyGrad: losses,
  softCrossEntropy: probable.filter(({ given }) => !('dy' in given)),
  softCrossEntropyGrad: probable,
  nllLoss: losses.filter(({ given }) => !('dy' in given)),
  nllLossGrad: losses,
  klDivergence: plain,
  klDivergenceGrad: plain,
  entropy: plain,
  entropyGrad: plain,
  hardmax: sums,
  oneHot: plain,
  signedLogSumExp: signedSums,
  signedLogSumExpGrad: signedSums,
  logAddExp: plain,
  logAddExpGrad: plain,
  logCumSumExp: plain,
  logCumSumExpGrad: plain,
  gumbelSoftmax: relaxed,
  gumbelSoftmaxGrad: relaxed,
  gumbelTopK: draws,
  hierarchicalLoss: paths.filter(({ given }) => !('dy' in given)),
  hierarchicalLossGrad: paths,
  hierarchicalSoftmax: trees,
  hierarchicalSoftmaxGrad: trees,
  hierarchicalTopK: trees,
  hierarchicalSample: trees,
  adaptiveLoss: clusters.filter(({ given }) => !('dy' in given)),
  adaptiveLossGrad: clusters,
  adaptiveSoftmax: clusters.filter(({ given }) => 'tail1' in given),
  adaptiveSoftmaxGrad: clusters.filter(({ given }) => 'tail1' in given),
  sparsemax: sparse,
  entmax15: sparse,
  // Core gives those of 1.5 and 2 kernels of their own.
  entmax: sparse.filter(({ problem: { alpha } }) => alpha !== 1.5 && alpha !== 2),
  entmaxGrad: sparse,
  entmaxLoss: sparseLosses.filter(({ given }) => !('dy' in given)),
  entmaxLossGrad: sparseLosses,
};
