import * as adaptive from '../../operations/adaptive.ts';
import type { Branches } from '../../operations/branches.ts';
import type { Clusters } from '../../operations/clusters.ts';
import { backward as crossEntropy, type Labelled } from '../../operations/cross-entropy.ts';
import { backward as distribution, type LogitsAndCotangent } from '../../operations/distribution.ts';
import { type Chances, entropyBackward, klBackward } from '../../operations/divergence.ts';
import { backward as entmax } from '../../operations/entmax.ts';
import { backward as entmaxLoss } from '../../operations/entmax-loss.ts';
import { backward as gumbel } from '../../operations/gumbel.ts';
import * as losses from '../../operations/hierarchical-loss.ts';
import * as leaves from '../../operations/hierarchical-softmax.ts';
import { backward as logAddExp } from '../../operations/log-add-exp.ts';
import { backward as logCumSumExp } from '../../operations/log-cum-sum-exp.ts';
import { backward as logSumExp, meanBackward, type Terms } from '../../operations/log-sum-exp.ts';
import { backward as nllLoss } from '../../operations/nll-loss.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import { type SignedTerms, backward as signedLogSumExp } from '../../operations/signed-log-sum-exp.ts';
import { type Likely, backward as softCrossEntropy } from '../../operations/soft-cross-entropy.ts';
import type { Case } from '../../plan/case.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** A case in each type; `examples` has them for each cotangent that is not finite. */
const endlessOf = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  examples: (bad: number) => readonly E[],
  prefix = '',
): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).map((dtype) =>
    caseOf(operation, {
      category: 'gradient',
      name: `${prefix}cotangents-that-are-not-finite`,
      mistake: '0·∞ where a probability underflows, or ∞ − ∞ where only one is infinite',
      dtype,
      examples: [nan, inf, -inf].flatMap((bad) =>
        examples(bad).map((example, k) => ({ ...example, dtype, where: `dy of ${bad}, example ${k}` })),
      ),
    }),
  );

/** Of these, −2000 has a probability that is 0 in every format, and above 0 nevertheless. */
const X = [1, -inf, 0, -2000];
/** Cotangents of such a row. */
const cotangentsOf = (bad: number): readonly (readonly number[])[] => [
  [bad, 1, -1, 1],
  [1, 1, 1, bad],
  [1, bad, 1, 2],
  [1, bad, 1, bad],
  [inf, 1, bad, 1],
  [bad, nan, bad, -2],
  [bad, bad, bad, bad],
];
/** With a row beside it that must not notice. */
const PLAIN = [0.5, 2, -1, 1];
const beside = (row: readonly number[], by: readonly number[] = PLAIN) => [...by, ...row, ...by];

const rowsOf =
  (sign: 1 | -1) =>
  (bad: number): readonly LogitsAndCotangent[] => {
    const x = X.map((v) => sign * v);
    const dys = cotangentsOf(bad);
    return [
      ...dys.map((dy) => ({ x: beside(x), dy: beside(dy), shape: [3, 4] })),
      ...dys.flatMap((dy) => [
        { x, dy, mask: [true, true, false, true] },
        { x, dy, temperature: 0 },
        { x, dy, temperature: inf },
        { x, dy, temperature: 0.5, sink: 0.25, softcap: 3 },
      ]),
      { x: [sign * -inf, sign * -inf], dy: [bad, 1] },
      { x: [1, 2], dy: [bad, bad], mask: [false, false] },
    ];
  };

/** One cotangent a row. */
const terms = (bad: number): readonly Terms[] => [
  { x: beside(X), dy: [1, bad, -2], shape: [3, 4] },
  { x: X, dy: [bad], mask: [true, true, false, true] },
  { x: [-inf, -inf], dy: [bad] },
  { x: [1, 2], dy: [bad], mask: [false, false] },
];

const signedTerms = (bad: number): readonly SignedTerms[] => [
  { x: beside(X), b: beside([1, 2, -0.5, 3]), dy: [1, bad, -2], shape: [3, 4] },
  { x: X, b: [-1, 2, 0, 3], dy: [bad] },
];

const chances = (bad: number): readonly Chances[] => [
  {
    p: beside([0.125, 0, 0.25, 0.625], [0.25, 0.25, 0.25, 0.25]),
    q: beside([0.5, 0.25, 0, 0.25], [0.5, 0.125, 0.125, 0.25]),
    dy: [1, bad, -2],
    shape: [3, 4],
  },
];

/** Of log-probabilities too: all is below 0. */
const labelled = (bad: number): readonly Labelled[] => {
  const row = X.map((v) => v - 2);
  const x = beside(row, [-1, -0.5, -2, -3]);
  return [
    { x, shape: [3, 4], target: [1, 0, 3], reduction: 'none', dy: [1, bad, -2] },
    { x, shape: [3, 4], target: [1, 0, 3], dy: bad },
    { x, shape: [3, 4], target: [1, -100, 3], tokenWeight: [2, 1, 0.5], dy: bad },
    { x: row, target: [0], weight: [1, 0, 2, 3], reduction: 'sum', dy: bad },
  ];
};

const likely = (bad: number): readonly Likely[] => {
  const probabilities = [0.5, 0, 0.25, 0.25];
  return [
    { x: X, shape: [1, 4], probabilities, dy: bad },
    {
      x: beside(X),
      shape: [3, 4],
      probabilities: beside(probabilities),
      reduction: 'none',
      dy: [1, bad, -2],
    },
  ];
};

/** The last score is outside of the support for every α. */
const scores = (bad: number) =>
  cotangentsOf(bad).map((dy) => ({ x: beside([1, -inf, 0.75, -2000]), dy: beside(dy), shape: [3, 4] }));

const classes = (bad: number): readonly Labelled[] => [
  { x: [1, 0.75, -20, 1, 0.5, 0], shape: [2, 3], target: [1, 0], reduction: 'none', dy: [bad, -2] },
  { x: [1, 0.75, -20, 1, 0.5, 0], shape: [2, 3], target: [2, 0], dy: bad },
];

const branches = (bad: number): readonly Branches[] => {
  const h = [1, 0.75, -1, 0.5];
  const common = { h, weight: [1.5, -0.5, 0.25, 1], tree: [[0, 1], 2, 3], target: [0, 2, 1, 3] };
  return [
    { ...common, reduction: 'none', dy: [1, bad, -2, 0.5], leaves: beside([1, bad, -1, 2]).concat(PLAIN) },
    { ...common, dy: bad, leaves: beside([1, 2, -1, bad]).concat(PLAIN) },
  ];
};

const clusters = (bad: number): readonly Clusters[] => {
  const common = {
    h: [1, -2],
    d: 1,
    cutoffs: [2],
    head: [0.5, -1, 0.25],
    tails: [{ projection: [0.5], weight: [1, -1, 2] }],
  };
  return [
    {
      ...common,
      target: [0, 3],
      reduction: 'none',
      dy: [1, bad],
      leaves: [1, 2, 0.5, -1, 1, 1, bad, 2, 1, -1],
    },
    { ...common, target: [1, 4], dy: bad, leaves: [1, 2, 0.5, -1, 1, 1, 1, 2, bad, -1] },
  ];
};

/**
 * A NaN or infinite cotangent follows the exact formula, in which every possible entry has p > 0. What is exactly 0 (a
 * class that the target does not ask for, an entry outside of the support) is not multiplied.
 */
export const endless: readonly Case[] = [
  ...endlessOf(distribution('softmaxGrad'), rowsOf(1)),
  ...endlessOf(distribution('softminGrad'), rowsOf(-1)),
  ...endlessOf(distribution('logSoftmaxGrad'), rowsOf(1)),
  ...endlessOf(gumbel, (bad) =>
    cotangentsOf(bad).flatMap((dy) => [
      { x: X, noise: [0.5, 20, 1, -1], dy },
      { x: X, noise: [0.5, 20, 1, -1], dy, temperature: 0.5, hard: true },
      { x: X, noise: [0.5, 20, 1, -1], dy, temperature: 0 },
    ]),
  ),
  ...endlessOf(logSumExp, terms),
  ...endlessOf(meanBackward, terms),
  ...endlessOf(signedLogSumExp, signedTerms, 'signed-'),
  ...endlessOf(logAddExp, (bad) => [
    { a: [1, 0, -inf, -inf, 1, 2], b: [0, -2000, 1, -inf, 2, 1], dy: [bad, bad, bad, bad, 1, -2] },
  ]),
  ...endlessOf(logCumSumExp, (bad) => [
    ...cotangentsOf(bad).map((dy) => ({ x: beside(X), dy: beside(dy), shape: [3, 4] })),
    { x: [-inf, 1, -inf, 2], dy: [bad, 1, 1, 1] },
    { x: [-2000, 0, 3, 1], dy: [1, 1, bad, 1] },
  ]),
  ...endlessOf(klBackward, chances),
  ...endlessOf(entropyBackward, chances),
  ...endlessOf(crossEntropy, (bad) => [
    ...labelled(bad),
    ...labelled(bad).map((each) => ({ ...each, zLoss: 0.25 })),
  ]),
  ...endlessOf(softCrossEntropy, likely, 'probabilities-'),
  ...endlessOf(nllLoss, labelled),
  ...endlessOf(entmax('sparsemaxGrad'), scores),
  ...[1.5, 1.25, 3].flatMap((alpha) =>
    endlessOf(entmax('entmaxGrad', alpha), scores, `alpha-${String(alpha).replace('.', '-')}-`),
  ),
  ...endlessOf(entmaxLoss('sparsemaxLossGrad', 2), classes),
  ...[1.5, 1.25, 3].flatMap((alpha) =>
    endlessOf(entmaxLoss('entmaxLossGrad', alpha), classes, `alpha-${String(alpha).replace('.', '-')}-`),
  ),
  ...endlessOf(leaves.softmaxGrad, branches),
  ...endlessOf(losses.lossGrad, branches),
  ...endlessOf(losses.logProbGrad, branches),
  ...endlessOf(adaptive.softmaxGrad, clusters),
  ...endlessOf(adaptive.lossGrad, clusters),
  ...endlessOf(adaptive.logProbGrad, clusters),
];
