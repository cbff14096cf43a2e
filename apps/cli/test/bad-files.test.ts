import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BAD, npyFile } from './bad-files.ts';
import { folder, golden } from './golden.ts';
import { inProcess, piped } from './run.ts';

test.each(BAD)(
  '%s is one clear error with its place, and nothing is written',
  async (_, name, content, message) => {
    const where = await folder();
    const file = /^[^:]+/.exec(name)?.[0] ?? '';
    await writeFile(join(where, file), content, 'latin1');
    const args = ['run', 'softmax', join(where, name), '--out', join(where, 'out.json')];
    const { code, out, err } = await inProcess(args);
    expect(err).toMatch(message);
    expect([code, out, err.trimEnd().split('\n').length]).toEqual([3, '', 1]);
    expect(await readdir(where)).toEqual([file]);
  },
);

test('what goes wrong in the middle leaves no file, and one that was there as it was', async () => {
  const where = await folder();
  const [file, out] = [join(where, 'x.csv'), join(where, 'out.csv')];
  // Several blocks are computed and written before the word.
  await writeFile(file, `${'1,2\n'.repeat(300_000)}1,two\n`);
  await writeFile(out, 'mine');
  const { code, err } = await inProcess(['run', 'softmax', file, '--out', out]);
  expect([code, err]).toEqual([3, expect.stringMatching(/line 300001, column 2: "two" is no number/)]);
  expect([(await readdir(where)).sort(), await readFile(out, 'utf8')]).toEqual([
    ['out.csv', 'x.csv'],
    'mine',
  ]);
});

test.each([
  [
    'truncated values',
    npyFile.subarray(0, 200),
    /standard input: truncated: it ends at byte 200, inside the values/,
  ],
  ['nothing', Buffer.alloc(0), /standard input: it is empty/],
])('a pipe that ends early: %s', async (_, input, message) => {
  const { code, bytes: out, err } = await piped(['run', 'softmax', '--to', 'npy'], input);
  expect([code, out.length, err]).toEqual([3, 0, expect.stringMatching(message)]);
});

test.each([
  ['an unknown ending', ['softmax', 'x.txt'], 2, /x\.txt: unknown ending; known are \.npy, /],
  ['no ending', ['softmax', 'logits'], 2, /logits: unknown ending/],
  ['a file that is not there', ['softmax', 'no.npy'], 3, /cannot read no\.npy: ENOENT/],
  ['a folder', ['softmax', golden(''), '--from', 'npy'], 3, /it is a folder/],
  [
    'a folder that is not there',
    ['softmax', golden('logits.npy'), '--out', 'no/such/y.npy'],
    2,
    /cannot write no\/such\/y\.npy/,
  ],
  ['an ending by the name of a method', ['softmax', 'x.constructor'], 2, /x\.constructor: unknown ending/],
  [
    'a result by the name of a method',
    ['softmax', golden('logits.npy'), '--result', 'constructor'],
    2,
    /--result constructor: allowed are y/,
  ],
  [
    'an operation that is none',
    ['sofmax', golden('logits.npy')],
    2,
    /unknown command 'sofmax'\n\(Did you mean softmax\?\)/,
  ],
  ['an option of another operation', ['softmax', '--alpha', '2'], 2, /unknown option '--alpha'/],
  [
    'a backend that is none',
    ['softmax', golden('logits.npy'), '--backend', 'gpu'],
    2,
    /--backend gpu: allowed are cpu, wasm/,
  ],
  ['an axis that is not there', ['softmax', golden('logits.npy'), '--axis', '2'], 2, /axis: got 2; allowed/],
  [
    'an argument that is needed',
    ['crossEntropy', golden('logits.npy')],
    2,
    /--target <file> is needed: the class of each row/,
  ],
  [
    'labels that do not fit',
    ['crossEntropy', golden('logits.npy'), '--target', golden('logits.csv')],
    3,
    /logits\.npy: target: got \[6, 5\]/,
  ],
  [
    'a format for two axes',
    ['softmax', golden('fortran.npy'), '--to', 'csv'],
    2,
    /csv holds at most two axes, here are 3/,
  ],
])('%s is refused before anything is computed', async (_, args, expected, message) => {
  const { code, out, err } = await inProcess(['run', ...args]);
  expect([code, out]).toEqual([expected, '']);
  expect(err).toMatch(message);
});

test('bytes are not poured onto a terminal', async () => {
  const { code, err } = await inProcess(['run', 'softmax', golden('logits.npy'), '--to', 'npy'], {
    terminal: true,
  });
  expect([code, err]).toEqual([2, expect.stringMatching(/npy is no text for a terminal/)]);
});

test('a device is written to, not replaced, and a full one is an error', async () => {
  const args = ['run', 'softmax', golden('logits.npy'), '--to', 'npy', '--out', '/dev/full'];
  const { code, err } = await inProcess(args);
  expect([code, err]).toEqual([2, expect.stringMatching(/cannot write \/dev\/full: ENOSPC/)]);
  expect((await stat('/dev/full')).isCharacterDevice()).toBe(true);
});
