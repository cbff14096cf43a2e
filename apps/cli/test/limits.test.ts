import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { archive } from '../fuzz/grammars/npz.ts';
import { npySource } from '../src/formats/npy.ts';
import { streamReader } from '../src/formats/reader.ts';
import { yielding } from '../src/formats/source.ts';
import { softmax } from '../src/index.ts';
import { folder } from './golden.ts';
import { npyFile } from './npy-file.ts';
import { inProcess } from './run.ts';

/** The exit code and the message for what comes through a pipe. */
async function fromPipe(format: string, pieces: Iterable<string>): Promise<readonly [number, string]> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const streams = { stdout, stderr, stdin: Readable.from(pieces, { objectMode: false }) };
  const code = await softmax(['run', 'softmax', '-', '--from', format], { streams });
  return [code, String(stderr.read())];
}

function* repeated(piece: string, times: number): Generator<string> {
  for (let k = 0; k < times; k++) yield piece;
}

test('a .json longer than the longest string is refused before it is read', async () => {
  const file = join(await folder(), 'x.json');
  // Zeros that take no disk.
  await npyFile(file, [2 ** 27, 1]);
  const { code, err } = await inProcess(['run', 'softmax', file]);
  expect([code, err]).toEqual([
    3,
    `error: ${file}: more than 536870888 bytes of JSON; .jsonl has no such limit\n`,
  ]);
});

test('a line that does not end is refused at 64 MiB', async () => {
  const found = await fromPipe('jsonl', repeated(`${' '.repeat(2 ** 20)}`, 80));
  expect(found).toEqual([3, 'error: standard input: a line of more than 67108864 characters\n']);
});

test('a long line in many small pieces takes linear time', async () => {
  const begun = performance.now();
  // 8 MB in 16 384 pieces: joined at each they would be 69 GB.
  expect((await fromPipe('jsonl', repeated(' '.repeat(512), 2 ** 14)))[0]).toBe(3);
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test.each([0, 10, 10_000])(
  'an archive that states %d bytes for its 144 is damaged, in one line',
  async (size) => {
    const file = join(await folder(), 'x.npz');
    const head = Buffer.from(
      `\x93NUMPY\x01\x00\x76\x00{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }`,
      'latin1',
    );
    const content = Buffer.concat([head, Buffer.alloc(128 - head.length, ' '), Buffer.alloc(16)]);
    await writeFile(file, archive([{ name: 'x.npy', content, deflated: true, size }]));
    const { code, err } = await inProcess(['run', 'softmax', file]);
    expect([code, err]).toEqual([3, expect.stringMatching(/^error: .*x\.npz:x: .+\n$/)]);
  },
);

test('the event loop turns between blocks that need no bytes', async () => {
  const head = `{'descr': '<f8', 'fortran_order': False, 'shape': (1000, 0), }`;
  const bytes = Buffer.from(`\x93NUMPY\x01\x00${String.fromCharCode(head.length)}\x00${head}`, 'latin1');
  const source = yielding(await npySource(streamReader('x', Readable.from([bytes]))));
  let turns = 0;
  const count = () => {
    turns++;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  for (let k = 0; k < 100; k++) await source.next(1);
  clearImmediate(next);
  expect(turns).toBeGreaterThan(50);
});
