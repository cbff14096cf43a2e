import { createHash } from 'node:crypto';
import type { KernelName } from '@softmax/core';
import { onnx } from 'onnx-proto';
import { describe, expect, test } from 'vitest';
import type { Recipe } from '../src/graphs/recipe.ts';
import { exact, RECIPES } from '../src/graphs/recipes.ts';
import { single } from '../src/graphs/single-recipes.ts';
import { writeModel } from '../src/model/writer.ts';
import { CALLS, rows } from './calls.ts';

type Ask = (problem: object, given: object) => Recipe;

function variants(kernel: string): readonly Recipe[] {
  const found = new Map<string, Recipe>();
  for (const recipes of [...Object.values(RECIPES), single]) {
    const recipeFor = recipes[kernel as KernelName] as Ask | undefined;
    for (const { problem, given } of CALLS[kernel as KernelName] ?? []) {
      for (const long of [false, true]) {
        const recipe = recipeFor?.(long ? { ...problem, n: 5000 } : problem, given);
        for (const one of [recipe ?? []].flat()) found.set(one.key, one);
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

interface Reading {
  readonly key: string;
  /** Of the bytes of the model. */
  readonly hash: string;
  readonly early: readonly string[];
  readonly idle: readonly string[];
}
const made = new Map<string, readonly Reading[]>();

/** Every graph of a kernel, written once and read by another reader. */
function readings(kernel: string): readonly Reading[] {
  const known = made.get(kernel);
  if (known) return known;
  const all = variants(kernel).map(({ key, graph }) => {
    const model = writeModel(graph());
    const hash = createHash('sha256').update(model).digest('hex');
    return { key: `${kernel} ${key}`, hash, ...readingOf(onnx.ModelProto.decode(model).graph ?? {}) };
  });
  made.set(kernel, all);
  return all;
}

describe.each(Object.keys(exact))('%s', (kernel) => {
  test('every graph that it can ask for is whole: nothing is used before it is made, or made and not used', () => {
    expect(readings(kernel).filter(({ early, idle }) => early.length + idle.length > 0)).toEqual([]);
  });
});

test('one graph never has two sessions', () => {
  const all = Object.keys(exact).flatMap(readings);
  const byKey = new Map(all.map(({ key, hash }) => [key, hash]));
  expect(new Set(byKey.values()).size).toBe(byKey.size);
});

describe.each(Object.keys(single))('the graphs of %s for a GPU', (kernel) => {
  const ask = single[kernel as KernelName] as Ask;
  const recipes = (CALLS[kernel as KernelName] ?? [])
    .filter(({ problem }) => 'dtype' in problem && problem.dtype === 'float32')
    .map(({ problem, given }) => ask(problem, given));
  const graphs = [...new Map(recipes.map((one) => [one.key, one])).values()].map(({ graph }) => graph());
  const operators = new Set(graphs.flatMap(({ nodes }) => nodes.map(({ op }) => op)));

  test('ask for no float64', () => {
    const asked = graphs.map(({ initializers, ...rest }) =>
      JSON.stringify([rest, initializers.map(({ dtype }) => ({ dtype }))]),
    );
    expect(asked).not.toEqual([]);
    expect(asked.filter((graph) => /"(float64|float16)"|"to":11\b/.test(graph))).toEqual([]);
  });

  test('have no LogSoftmax, Hardmax, TopK or SoftmaxCrossEntropyLoss, which WebGPU lacks', () => {
    const lacking = ['LogSoftmax', 'Hardmax', 'TopK', 'SoftmaxCrossEntropyLoss', 'CumSum', 'Loop'];
    expect(lacking.filter((op) => operators.has(op))).toEqual([]);
  });

  test('have no IsInf, IsNaN or Or, which wait for the GPU and run on the host', () => {
    expect(['IsInf', 'IsNaN', 'Or', 'Xor'].filter((op) => operators.has(op))).toEqual([]);
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
