import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crossEntropy, gumbelSoftmax, logSumExp, sample, softmax } from '@softmax/core';
import * as ops from '@softmax/core/ops';
import { expect, test, vi } from 'vitest';
import { CANDIDATES } from '../src/index.ts';
import { folder, golden } from './golden.ts';
import { npyFile } from './npy-file.ts';
import { inProcess, piped } from './run.ts';

vi.setConfig({ testTimeout: 120_000 });

test('a .npy piped through each backend gives the same table, to the last digit', async () => {
  const input = await readFile(golden('logits.npy'));
  const tables = new Set<string>();
  for (const { name } of CANDIDATES) {
    const { code, bytes, err } = await piped(['run', 'softmax', '--backend', name], input);
    expect([code, err], name).toEqual([0, '']);
    tables.add(bytes.toString());
  }
  expect([...tables]).toEqual([expect.stringMatching(/^ *0\.207929 +0\.683521 +0\.0691117 +/)]);
});

test.each(['onnxruntime-node', 'onnxruntime-web'])(
  '%s is exact: its files are those of cpu',
  async (name) => {
    const out = join(await folder(), 'y.npy');
    await inProcess(['run', 'softmax', golden('logits.npy'), '--backend', name, '--out', out]);
    expect(await readFile(out)).toEqual(await readFile(golden('softmax.npy')));
  },
);

test('every operation is there, with help of its own', async () => {
  const { out } = await inProcess(['run', '--help']);
  for (const op of Object.keys(ops)) expect(out).toMatch(new RegExp(`^  ${op} `, 'm'));
  expect((await inProcess(['run', 'entmaxGrad', '--help'])).out).toMatch(/--alpha <alpha> .*default: 1\.5/);
});

const SHAPE = [700, 1000] as const;
const VALUES = Float32Array.from({ length: SHAPE[0] * SHAPE[1] }, (_, k) => Math.sin(k * 0.37) * 9);
const x = { data: VALUES, shape: SHAPE };
const rowNumbers = Float64Array.from({ length: SHAPE[0] }, (_, k) => (k % 50) + 1);
const labels = Int32Array.from({ length: SHAPE[0] }, (_, k) => (k * 7) % 1000);
const allowed = Uint8Array.from({ length: SHAPE[1] }, (_, k) => (k % 3 === 0 ? 0 : 1));

test.each([
  ['softmax', [], () => softmax(x)],
  ['softmax', ['--axis', '0'], () => softmax(x, { axis: 0 })],
  ['softmax', ['--temperature', 't.json'], () => softmax(x, { temperature: rowNumbers })],
  ['softmax', ['--mask', 'mask.json'], () => softmax(x, { mask: allowed })],
  [
    'logSumExp',
    ['--keep-dims', '--mask', 'mask.json'],
    () => logSumExp(x, { keepDims: true, mask: allowed }),
  ],
  ['gumbelSoftmax', ['--seed', '9', '--stream', '2'], () => gumbelSoftmax(x, { seed: 9, stream: 2 })],
  ['sample', ['--seed', '9', '--temperature', '0.5'], () => sample(x, { seed: 9, temperature: 0.5 })],
  [
    'crossEntropy',
    ['--target', 'labels.json', '--reduction', 'none', '--label-smoothing', '0.1'],
    () => crossEntropy(x, labels, { reduction: 'none', labelSmoothing: 0.1 }),
  ],
  ['crossEntropy', ['--target', 'labels.json'], () => crossEntropy(x, labels)],
] as const)('blocks of rows give what the whole gives: %s %j', async (op, options, expected) => {
  const where = await folder();
  const at = (name: string) => join(where, name);
  await npyFile(at('x.npy'), SHAPE, VALUES);
  await writeFile(at('t.json'), JSON.stringify([...rowNumbers]));
  await writeFile(at('labels.json'), JSON.stringify([...labels]));
  await writeFile(at('mask.json'), JSON.stringify([...allowed]));
  const args = options.map((each) => (each.endsWith('.json') ? at(each) : each));
  const { code, err } = await inProcess(['run', op, at('x.npy'), ...args, '--out', at('y.npy')]);
  expect([code, err]).toEqual([0, '']);
  const found = await readFile(at('y.npy'));
  const result = expected();
  const [values, shape] = [result.data(), result.shape];
  // A boolean: of two that differ, a million numbers each, the difference would take minutes to print.
  expect(found.subarray(found.length - values.byteLength).equals(Buffer.from(values.buffer))).toBe(true);
  expect(found.toString('latin1', 0, 128)).toContain(
    `'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''})`,
  );
});

test('formats that are written at the end keep every block of rows', async () => {
  const where = await folder();
  await npyFile(join(where, 'x.npy'), SHAPE, VALUES);
  const { out } = await inProcess(['run', 'logSumExp', join(where, 'x.npy'), '--to', 'json']);
  expect(Float32Array.from(JSON.parse(out) as number[])).toEqual(logSumExp(x).data());
});

test.each([
  ['fewer', 699],
  ['more', 701],
])('labels with %s rows than the logits are refused, though only the end tells', async (which, count) => {
  const where = await folder();
  const [logits, target] = [join(where, 'x.jsonl'), join(where, 'labels.csv')];
  await writeFile(logits, '[1, 2]\n'.repeat(700));
  await writeFile(target, '1\n'.repeat(count));
  const { code, err } = await inProcess([
    'run',
    'crossEntropy',
    logits,
    '--target',
    target,
    '--reduction',
    'none',
    '--to',
    'npy',
  ]);
  expect([code, err]).toEqual([3, `error: ${target}: ${which} rows than the input has\n`]);
});

test('what is refused in a later block says which rows it is about', async () => {
  const file = join(await folder(), 'x.jsonl');
  await writeFile(file, `${'[1, 2]\n'.repeat(200_000)}["-Infinity", "-Infinity"]\n`);
  const { code, err } = await inProcess(['run', 'softmax', file, '--empty-row', 'throw', '--to', 'npy']);
  expect([code, err]).toEqual([3, expect.stringMatching(/x\.jsonl, of rows 131072 to 200000: /)]);
});

test('an interrupted run leaves nothing behind', async () => {
  const where = await folder();
  const args = ['run', 'softmax', '--from', 'jsonl', '--out', join(where, 'y.csv')];
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'dist', 'main.js'), ...args]);
  child.stdin.write('[1, 2]\n');
  await vi.waitFor(async () => expect((await readdir(where)).length).toBe(1), 60_000);
  child.kill('SIGINT');
  const [code] = (await once(child, 'close')) as [number];
  expect([code, await readdir(where)]).toEqual([130, []]);
});

test('a terminal sees how far a file is, and how fast', async () => {
  const where = await folder();
  await npyFile(join(where, 'x.npy'), SHAPE, VALUES);
  const args = ['run', 'softmax', join(where, 'x.npy'), '--out', join(where, 'y.npy')];
  expect((await inProcess(args, { terminal: true })).err).toMatch(
    /softmax .+ \d+ % · \d+\.\d MB\/s · .+ left/,
  );
  expect((await inProcess(args)).err).toBe('');
});
