import { cpu, createSoftmax, type KernelName, type Kernels } from '@softmax/core';
import { expect, test } from 'vitest';
import { WHOLE_CALLS } from '../src/cases/contract/whole-calls.ts';
import { outputs } from '../src/judge/outputs.ts';
import { guarding } from '../src/plan/guarding.ts';

type Names<K extends KernelName> = Kernels[K]['inputs'] | Kernels[K]['optional'];

/** All that each kernel takes: the compiler asks for the whole of it. */
const TAKEN: { readonly [K in KernelName]: { readonly [I in Names<K>]: true } } = {
  softmax: { x: true, mask: true, temperature: true, sink: true },
  softmaxGrad: { x: true, mask: true, temperature: true, sink: true, dy: true },
  logSoftmax: { x: true, mask: true, temperature: true, sink: true },
  logSoftmaxGrad: { x: true, mask: true, temperature: true, sink: true, dy: true },
  hardmax: { x: true, mask: true },
  oneHot: { classes: true },
  gumbelSoftmax: { x: true, mask: true, noise: true },
  gumbelSoftmaxGrad: { x: true, mask: true, noise: true, dy: true },
  gumbelTopK: { x: true, noise: true, mask: true },
  sparsemax: { x: true, mask: true },
  entmax15: { x: true, mask: true },
  entmax: { x: true, mask: true },
  entmaxGrad: { x: true, mask: true, dy: true },
  logSumExp: { x: true, mask: true },
  logSumExpGrad: { x: true, mask: true, dy: true },
  signedLogSumExp: { x: true, mask: true, b: true },
  signedLogSumExpGrad: { x: true, mask: true, b: true, dy: true },
  logAddExp: { a: true, b: true },
  logAddExpGrad: { a: true, b: true, dy: true },
  logCumSumExp: { x: true },
  logCumSumExpGrad: { x: true, dy: true },
  klDivergence: { p: true, q: true },
  klDivergenceGrad: { p: true, q: true, dy: true },
  entropy: { p: true },
  entropyGrad: { p: true, dy: true },
  crossEntropy: { x: true, classes: true, weights: true, mask: true, classWeights: true },
  crossEntropyGrad: { x: true, classes: true, weights: true, mask: true, classWeights: true, dy: true },
  softCrossEntropy: { x: true, target: true, weights: true, mask: true, classWeights: true },
  softCrossEntropyGrad: { x: true, target: true, weights: true, mask: true, classWeights: true, dy: true },
  nllLoss: { x: true, classes: true, weights: true, mask: true, classWeights: true },
  nllLossGrad: { x: true, classes: true, weights: true, mask: true, classWeights: true, dy: true },
  entmaxLoss: { x: true, classes: true, weights: true, mask: true },
  entmaxLossGrad: { x: true, classes: true, weights: true, mask: true, dy: true },
  hierarchicalSoftmax: {
    h: true,
    weight: true,
    bias: true,
    parents: true,
    first: true,
    rowOf: true,
    classOf: true,
    nodeOf: true,
  },
  hierarchicalSoftmaxGrad: {
    h: true,
    weight: true,
    bias: true,
    parents: true,
    first: true,
    rowOf: true,
    classOf: true,
    nodeOf: true,
    dy: true,
  },
  hierarchicalLoss: {
    h: true,
    weight: true,
    bias: true,
    weights: true,
    logits: true,
    steps: true,
    tokens: true,
    chosen: true,
  },
  hierarchicalLossGrad: {
    h: true,
    weight: true,
    bias: true,
    weights: true,
    logits: true,
    steps: true,
    tokens: true,
    chosen: true,
    dy: true,
    touched: true,
    places: true,
  },
  hierarchicalTopK: {
    h: true,
    weight: true,
    bias: true,
    parents: true,
    first: true,
    rowOf: true,
    classOf: true,
    nodeOf: true,
  },
  hierarchicalSample: {
    h: true,
    weight: true,
    bias: true,
    parents: true,
    first: true,
    rowOf: true,
    classOf: true,
    nodeOf: true,
    noise: true,
  },
  adaptiveSoftmax: { h: true, head: true, headBias: true, projection0: true, tail0: true },
  adaptiveSoftmaxGrad: { h: true, head: true, headBias: true, projection0: true, tail0: true, dy: true },
  adaptiveLoss: {
    h: true,
    head: true,
    headBias: true,
    projection0: true,
    tail0: true,
    weights: true,
    parts: true,
    classes: true,
  },
  adaptiveLossGrad: {
    h: true,
    head: true,
    headBias: true,
    projection0: true,
    tail0: true,
    weights: true,
    parts: true,
    classes: true,
    dy: true,
  },
};

test.each(Object.keys(TAKEN) as KernelName[])('sentinels are around every input of %s', async (kernel) => {
  const guarded = guarding(cpu() as never, 0);
  await outputs(WHOLE_CALLS[kernel].call(createSoftmax(guarded.backend), 5));
  expect(Object.keys(guarded.seen)).toEqual([kernel]);
  expect([...(guarded.seen[kernel] ?? [])].sort()).toEqual(Object.keys(TAKEN[kernel]).sort());
});

const written = (write: (mask: Uint8Array) => void): readonly string[] => {
  const guarded = guarding(cpu() as never, 0xff);
  const mask = guarded.backend.upload(Uint8Array.of(1, 0, 1), 'bool') as Uint8Array;
  expect([...mask]).toEqual([1, 0, 1]);
  write(mask);
  return guarded.changed();
};

test.each([
  ['what is lent', (mask: Uint8Array) => mask.fill(0), ['an upload (bool) was written to, in it']],
  [
    'a byte before it',
    (mask: Uint8Array) => new Uint8Array(mask.buffer).fill(0, mask.byteOffset - 1, mask.byteOffset),
    ['an upload (bool) was written to, beside it'],
  ],
  [
    'the last byte of the sentinels',
    (mask: Uint8Array) => new Uint8Array(mask.buffer).fill(0, -1),
    ['an upload (bool) was written to, beside it'],
  ],
  ['nothing', () => {}, []],
])('a kernel that writes to %s is seen', (_, write, found) => {
  expect(written(write)).toEqual(found);
});
