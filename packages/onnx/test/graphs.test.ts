import type { CrossEntropy, Distribution, KernelName } from '@softmax/core';
import { onnx } from 'onnx-proto';
import { describe, expect, test } from 'vitest';
import { exact, fast, type Recipe } from '../src/recipes.ts';
import { writeModel } from '../src/writer.ts';
import { product } from './random.ts';

const rows = { outer: 2, n: 3, inner: 1 } as const;
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
const plain = dtypes.map((dtype) => ({ problem: { ...rows, dtype }, given: {} }));

const CALLS: { readonly [K in KernelName]?: readonly { problem: object; given: object }[] } = {
  softmax: distributions,
  softmaxGrad: distributions,
  logSoftmax: distributions,
  logSoftmaxGrad: distributions,
  logSumExp: sums,
  logSumExpGrad: sums,
  crossEntropy: losses.filter(({ given }) => !('dy' in given)),
  crossEntropyGrad: losses,
  signedLogSumExp: signedSums,
  signedLogSumExpGrad: signedSums,
  logAddExp: plain,
  logAddExpGrad: plain,
  logCumSumExp: plain,
  logCumSumExpGrad: plain,
  gumbelSoftmax: relaxed,
  gumbelSoftmaxGrad: relaxed,
  gumbelTopK: draws,
  sparsemax: sparse,
  entmax15: sparse,
  entmax: sparse,
  entmaxGrad: sparse,
  entmaxLoss: sparseLosses.filter(({ given }) => !('dy' in given)),
  entmaxLossGrad: sparseLosses,
};

function variants(kernel: string): readonly Recipe[] {
  const found = new Map<string, Recipe>();
  for (const recipes of [exact, fast]) {
    const recipeFor = recipes[kernel as KernelName] as (problem: object, given: object) => Recipe;
    for (const { problem, given } of CALLS[kernel as KernelName] ?? []) {
      for (const long of [false, true]) {
        const recipe = recipeFor(long ? { ...problem, n: 5000 } : problem, given);
        found.set(recipe.key, recipe);
      }
    }
  }
  return [...found.values()];
}

/** Values that are used before they are made or made twice, and those that are never used; a body sees what is outside. */
function readingOf(
  graph: onnx.IGraphProto,
  known: Set<string> = new Set(),
  used: Set<string> = new Set(),
): { early: string[]; idle: string[] } {
  const names = (list?: readonly { name?: string | null }[] | null) =>
    (list ?? []).map((one) => one.name ?? '');
  for (const name of [...names(graph.input), ...names(graph.initializer)]) known.add(name);
  // A loop has its state, its number and its condition whether they matter or not.
  const loose = new Set(used.size > 0 ? names(graph.input) : []);
  const early: string[] = [];
  for (const node of graph.node ?? []) {
    const inputs = (node.input ?? []).filter((name) => name !== '');
    early.push(...inputs.filter((name) => !known.has(name)));
    for (const name of inputs) used.add(name);
    for (const { g } of node.attribute ?? []) early.push(...(g ? readingOf(g, known, used).early : []));
    const outputs = node.output ?? [];
    early.push(...outputs.filter((name) => known.has(name)));
    for (const name of outputs) known.add(name);
    // Of several results one may be all that is wanted.
    if (outputs.some((_, k) => k > 0)) for (const name of outputs) loose.add(name);
  }
  for (const name of [...names(graph.output), ...loose]) used.add(name);
  return { early, idle: [...known].filter((name) => !used.has(name)) };
}

describe.each(Object.keys(exact))('%s', (kernel) => {
  test('every graph that it can ask for is whole: nothing is used before it is made, or made and not used', () => {
    const faults = variants(kernel).flatMap(({ key, graph }) => {
      const made = onnx.ModelProto.decode(writeModel(graph())).graph;
      const { early, idle } = readingOf(made ?? {});
      return early.length + idle.length > 0 ? [{ key, early, idle }] : [];
    });
    expect(faults).toEqual([]);
  });
});

test('no kernel is without the calls that ask for its graphs', () => {
  expect(Object.keys(exact).filter((kernel) => !(kernel in CALLS))).toEqual([]);
});

test('a number of the problem is an input: a new denominator is no new session', () => {
  const [one, seven] = [1, 7].map((denominator) =>
    exact.crossEntropyGrad?.(
      { ...rows, dtype: 'float32', smoothing: 0.1, zLoss: 0.2, sum: true, denominator },
      {},
    ),
  );
  expect(one?.key).toBe(seven?.key);
  expect(one?.graph().inputs.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['denominator', 'smoothing', 'zLoss']),
  );
});

test('one graph never has two sessions', () => {
  const graphs = new Map<string, string>();
  for (const kernel of Object.keys(exact))
    for (const { key, graph } of variants(kernel)) graphs.set(key, JSON.stringify(graph()));
  expect(new Set(graphs.values()).size).toBe(graphs.size);
});
