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

const CALLS: { readonly [K in KernelName]?: readonly { problem: object; given: object }[] } = {
  softmax: distributions,
  softmaxGrad: distributions,
  logSoftmax: distributions,
  logSoftmaxGrad: distributions,
  logSumExp: sums,
  logSumExpGrad: sums,
  crossEntropy: losses.filter(({ given }) => !('dy' in given)),
  crossEntropyGrad: losses,
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

describe.each(Object.keys(exact))('%s', (kernel) => {
  test('every graph that it can ask for is whole: nothing is used before it is made, or made and not used', () => {
    const faults = variants(kernel).flatMap(({ key, graph }) => {
      const made = onnx.ModelProto.decode(writeModel(graph())).graph;
      const known = new Set([...(made?.input ?? []), ...(made?.initializer ?? [])].map(({ name }) => name));
      const used = new Set(made?.output?.map(({ name }) => name));
      const early: unknown[] = [];
      for (const node of made?.node ?? []) {
        early.push(...(node.input ?? []).filter((name) => !known.has(name)));
        for (const name of node.input ?? []) used.add(name);
        early.push(...(node.output ?? []).filter((name) => known.has(name)));
        for (const name of node.output ?? []) known.add(name);
      }
      const idle = [...known].filter((name) => !used.has(name));
      return early.length + idle.length > 0 ? [{ key, early, idle }] : [];
    });
    expect(faults).toEqual([]);
  });
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
