import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromFloat16, toFloat16 } from '@softmax/core';
import { expect, test } from 'vitest';
import { EXPECTED, folder, golden } from './golden.ts';
import { inProcess, piped } from './run.ts';

const FLOAT64 = 'softmax of the logits in float64';
const FLOAT32 = 'softmax of the float32 logits';

/** All numbers of nested lists, in order. */
const flat = (value: unknown): number[] => [value].flat(Number.POSITIVE_INFINITY).map(Number);

test.each([
  ['logits.npy', FLOAT32, Math.fround, 0],
  ['fortran.npy', FLOAT64, Number, 2 ** -52],
  ['big-endian.npy', FLOAT64, Number, 2 ** -52],
  ['half.npy', 'softmax of the float16 logits', (v: number) => fromFloat16(toFloat16(v)), 0],
  ['data.npz:logits', FLOAT32, Math.fround, 0],
  ['compressed.npz', FLOAT32, Math.fround, 0],
  ['logits.csv', FLOAT64, Number, 2 ** -52],
  ['model.safetensors:logits', FLOAT32, Math.fround, 0],
  ['model.safetensors:brain', 'softmax of the bfloat16 logits', Math.fround, 0],
] as const)('%s is read as NumPy wrote it', async (file, name, round, relative) => {
  const { code, out } = await inProcess(['run', 'softmax', golden(file), '--json']);
  const [found, expected] = [flat(JSON.parse(out)).map((value) => round(value)), flat(EXPECTED[name])];
  expect([code, found.length]).toEqual([0, expected.length]);
  found.forEach((value, k) => {
    const error = Math.abs(value - (expected[k] ?? 0));
    expect(error, `element ${k}`).toBeLessThanOrEqual(relative * value);
  });
});

test.each(['softmax.npy', 'softmax.safetensors'])(
  '%s is written byte for byte as elsewhere',
  async (name) => {
    const file = join(await folder(), name);
    await inProcess(['run', 'softmax', golden('logits.npy'), '--out', file]);
    expect(await readFile(file)).toEqual(await readFile(golden(name)));
  },
);

/** log Σ over groups of one: the numbers themselves. */
const COPY = ['run', 'logSumExp', '--axis', 'none'];

test.each(['npy', 'npz', 'json', 'jsonl', 'csv', 'tsv', 'safetensors'])(
  '%s gives back what was written, to the last bit',
  async (format) => {
    const where = await folder();
    const [first, exact, again] = [`first.${format}`, 'exact.npy', 'again.npy'].map((name) =>
      join(where, name),
    );
    const odd = join(where, 'odd.json');
    await writeFile(
      odd,
      '[[0.1, 5e-324, 1.7976931348623157e308], ["NaN", "-Infinity", -1234.5678901234567]]',
    );
    for (const args of [
      [odd, '--out', `${first}`],
      [odd, '--out', `${exact}`],
      [`${first}`, '--out', `${again}`],
    ])
      expect(await inProcess([...COPY, ...args])).toEqual({ code: 0, out: '', err: '' });
    expect(await readFile(`${again}`)).toEqual(await readFile(`${exact}`));
  },
);

test.each([
  ['logits.npy', 'softmax.npy', 'npy'],
  ['data.npz', 'softmax.npy', 'npy'],
  ['model.safetensors', 'softmax.safetensors', 'safetensors'],
])('standard input is known by its first bytes: %s', async (file, expected, to) => {
  const member = file === 'logits.npy' ? '-' : ':logits';
  const { code, bytes, err } = await piped(
    ['run', 'softmax', member, '--to', to],
    await readFile(golden(file)),
  );
  expect([code, err]).toEqual([0, '']);
  expect(bytes).toEqual(await readFile(golden(expected)));
});

test.each([
  ['columns', '0,0\n1,1\n', '0.5\n0.5\n'],
  ['columns with their names', '\uFEFFa,b\r\n0,0\r\n\r\n', '0.5\n'],
  ['tabs', '0\t0\n', '0.5\n'],
  ['JSON', '[[0, 0]]', '0.5\n'],
  ['lines of JSON', '[0, 0]\n[1, "-Infinity"]\n', '0.5\n1\n'],
  ['infinities as NumPy writes them', 'inf,-inf\n-inf,0\n', 'NaN\n0\n'],
])('text on standard input: %s', async (_, input, expected) => {
  const { code, bytes } = await piped(['run', 'softmax', '--to', 'jsonl'], Buffer.from(input));
  const firsts = bytes
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => `${String((JSON.parse(line) as unknown[])[0])}\n`);
  expect([code, firsts.join('')]).toEqual([0, expected]);
});

test('several results go where several fit, or one of them is chosen', async () => {
  const where = await folder();
  const run = (...more: readonly string[]) =>
    inProcess([
      'run',
      'crossEntropyGrad',
      golden('data.npz:logits'),
      '--target',
      golden('labels.npy'),
      ...more,
    ]);
  const refused = await run('--out', join(where, 'g.npy'));
  expect([refused.code, refused.err]).toEqual([
    2,
    expect.stringMatching(/npy holds one array, here are loss, dx/),
  ]);
  expect((await run('--out', join(where, 'g.npz'))).code).toBe(0);
  const dx = await inProcess(['run', 'softmax', `${join(where, 'g.npz')}:dx`, '--json']);
  await run('--result', 'dx', '--out', join(where, 'dx.npy'));
  expect(dx).toEqual(await inProcess(['run', 'softmax', join(where, 'dx.npy'), '--json']));
});

test('float16 and float32 are printed with as many digits as they have', async () => {
  const file = join(await folder(), 'x.json');
  await writeFile(file, '[0.1, 16777216, 5e-324, -0.0]');
  for (const [dtype, expected] of [
    ['float16', '[0.1,"Infinity",0,0]'],
    ['float32', '[0.1,16777216,0,0]'],
    ['float64', '[0.1,16777216,5e-324,0]'],
  ] as const) {
    const args = [...COPY, file, '--dtype', dtype, '--json'];
    expect((await inProcess(args)).out, dtype).toBe(`${expected}\n`);
  }
});
