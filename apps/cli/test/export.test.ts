import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { balancedTree } from '@softmax/core';
import { toOnnx } from '@softmax/onnx';
import * as ort from 'onnxruntime-node';
import { expect, onTestFinished, test } from 'vitest';
import { command, inProcess } from './run.ts';
import { safetensors } from './safetensors.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'softmax-cli-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test('an operation becomes a model that runs', async () => {
  const file = join(await folder(), 'softmax.onnx');
  const { code, out, err } = await command(['export', 'softmax', '--axis', '-1', '--out', file]);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/softmax\.onnx: softmax, \d+ bytes\n$/);
  const session = await ort.InferenceSession.create(file);
  const { y } = await session.run({ x: new ort.Tensor(Float32Array.of(0, Math.log(3)), [1, 2]) });
  expect(y?.data[1]).toBeCloseTo(0.75, 6);
});

test('what was written is said as JSON too', async () => {
  const path = join(await folder(), 'softmax.onnx');
  const { out } = await inProcess(['export', 'softmax', '--out', path, '--json']);
  const { length: bytes } = await readFile(path);
  expect(JSON.parse(out)).toEqual({ path, operation: 'softmax', bytes });
});

test('every option reaches the model as it does from a program', async () => {
  const where = await folder();
  const file = join(where, 'loss.onnx');
  const args = ['--axis', '1', '--shape', 'batch,3,place', '--weight', '1,2,0.5', '--label-smoothing', '0.1'];
  const more = [
    '--reduction',
    'sum',
    '--token-weight',
    '--opset',
    '18',
    '--name',
    'x=logits',
    '--name',
    'loss=l',
  ];
  await inProcess(['export', 'crossEntropy', ...args, ...more, '--mask', '--out', file]);
  const expected = toOnnx('crossEntropy', {
    axis: 1,
    shape: ['batch', 3, 'place'],
    weight: [1, 2, 0.5],
    labelSmoothing: 0.1,
    reduction: 'sum',
    tokenWeight: 'input',
    opset: 18,
    names: { x: 'logits', loss: 'l' },
    mask: 'input',
  });
  expect(new Uint8Array(await readFile(file))).toEqual(expected);
});

test('a tree, its weights and the parameters of adaptive softmax come from files, or are inputs', async () => {
  const where = await folder();
  const [out, weights, parameters] = ['m.onnx', 'w.json', 'p.safetensors'].map((name) =>
    join(where, name),
  ) as [string, string, string];
  const exported = async (...args: string[]) => {
    const { code, err } = await inProcess(['export', ...args, '--out', out]);
    expect([code, err]).toEqual([0, '']);
    return new Uint8Array(await readFile(out));
  };
  await writeFile(weights, '[[1, 2], [0.5, -1], [3, 0]]');
  const tree = balancedTree(4);
  const weight = [
    [1, 2],
    [0.5, -1],
    [3, 0],
  ];
  expect(
    await exported('hierarchicalSoftmax', '--tree', 'balanced:4', '--weights', weights, '--log'),
  ).toEqual(toOnnx('hierarchicalSoftmax', { tree, weight, log: true }));
  expect(await exported('hierarchicalLoss', '--tree', 'balanced:4', '--bias', 'input')).toEqual(
    toOnnx('hierarchicalLoss', { tree, bias: 'input' }),
  );
  const layout = ['--cutoffs', '2', '--classes', '4', '--widths', '1', '--head-bias'];
  expect(await exported('adaptiveLossGrad', ...layout)).toEqual(
    toOnnx('adaptiveLossGrad', {
      parameters: { cutoffs: [2], classes: 4, widths: [1], headBias: 'input' },
    }),
  );
  const [head, projection, tail] = [weight, [[1, -1]], [[1], [-2]]];
  await writeFile(parameters, safetensors({ head, projection0: projection, tail0: tail }));
  expect(await exported('adaptiveSoftmax', '--parameters', parameters)).toEqual(
    toOnnx('adaptiveSoftmax', {
      parameters: { cutoffs: [2], head, tails: [{ projection, weight: tail }] },
    }),
  );
});

test('an operation goes onto a model in its place, and nothing else is left in the folder', async () => {
  const where = await folder();
  const file = join(where, 'model.onnx');
  await writeFile(file, toOnnx('logSoftmax', { names: { y: 'logs' } }));
  const { code } = await inProcess(['export', 'entmax', '--alpha', '2', '--onto', file, '--output', 'logs']);
  expect([code, await readdir(where)]).toEqual([0, ['model.onnx']]);
  const session = await ort.InferenceSession.create(file);
  expect(session.outputNames).toEqual(['y']);
});

test.each([
  ['an operation that there is not', ['sofmax'], /operation: got sofmax; allowed: softmax, /],
  ['an option of another operation', ['softmax', '--alpha', '2'], /options: got alpha; allowed: axis, /],
  ['an axis that is no number', ['softmax', '--axis', 'last'], /A number is needed/],
  ['an opset out of range', ['softmax', '--opset', '99'], /opset: got 99; allowed: an integer in \[13, 26\]/],
  ['a name without another', ['softmax', '--name', 'x'], /NAME=OTHER is needed/],
  [
    'a model that is not there',
    ['softmax', '--onto', 'no.onnx', '--output', 'y'],
    /cannot read no\.onnx: ENOENT/,
  ],
  ['a model without its output', ['softmax', '--onto', 'no.onnx'], /--output NAME/],
  [
    'values and lengths',
    ['adaptiveLoss', '--parameters', 'p.npz', '--classes', '4'],
    /--parameters are values/,
  ],
  ['a tree of nothing', ['hierarchicalSoftmax', '--tree', 'balanced:0'], /got 0; allowed: /],
  ['an operation of a tree without one', ['hierarchicalLoss'], /tree: got undefined/],
  ['an output without its model', ['softmax', '--output', 'y'], /--onto FILE/],
  ['a folder that is not there', ['softmax', '--out', join('no', 'such', 'model.onnx')], /cannot write/],
])('%s ends in one clear error', async (_, args, message) => {
  const { code, out, err } = await inProcess(['export', ...args]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
});

test.each([
  [
    'a truncated model',
    (model: Uint8Array) => model.subarray(0, 500),
    'y',
    /whole bytes of an ONNX model.*end inside/,
  ],
  ['no model', () => new TextEncoder().encode('hello'), 'y', /whole bytes of an ONNX model/],
  ['an unknown output', (model: Uint8Array) => model, 'logits', /output: got logits; allowed: y/],
])('%s is refused, and the file stays as it was', async (_, change, output, message) => {
  const where = await folder();
  const file = join(where, 'model.onnx');
  const before = change(toOnnx('softmax'));
  await writeFile(file, before);
  const { code, err } = await inProcess(['export', 'softmax', '--onto', file, '--output', output]);
  expect([code, await readdir(where)]).toEqual([2, ['model.onnx']]);
  expect(err).toMatch(message);
  expect(new Uint8Array(await readFile(file))).toEqual(new Uint8Array(before));
});
