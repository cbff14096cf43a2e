import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { folder, golden } from './golden.ts';
import { npyFile } from './npy-file.ts';

vi.setConfig({ testTimeout: 60_000 });

const MAIN = join(import.meta.dirname, '..', 'dist', 'main.js');
const RUN = ['run', 'softmax', golden('logits.npy'), '--out'];

/** What a real terminal is sent, standard output and standard error together, by script of util-linux. */
async function onTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const line = [process.execPath, MAIN, ...args].map((each) => `'${each}'`).join(' ');
  // CI is no terminal to Node: it says that such a one has no colours.
  const { NO_COLOR: _, CI: _ci, ...rest } = process.env;
  const all = { ...rest, TERM: 'xterm', ...env };
  return (await promisify(execFile)('script', ['-qec', line, '/dev/null'], { env: all })).stdout;
}

const ESCAPE = '\u001b[';

test('a real terminal sees the bar, and it is gone in the end', async () => {
  const seen = await onTerminal([...RUN, join(await folder(), 'y.npy')]);
  expect(seen).toContain(' MB/s · ');
  // The line is emptied last.
  expect(seen.slice(seen.lastIndexOf('left'))).toContain(`${ESCAPE}2K`);
});

test('results on a terminal are not in the midst of a bar', async () => {
  const file = join(await folder(), 'x.npy');
  // Three blocks.
  await npyFile(file, [700, 1000]);
  const seen = await onTerminal(['run', 'logSumExp', file, '--to', 'csv']);
  // log 1000 in the fewest digits that are its float32.
  expect(seen).toBe('6.9077554\r\n'.repeat(700));
});

test('bytes are refused on a terminal', async () => {
  await expect(onTerminal(['run', 'softmax', golden('logits.npy'), '--to', 'npy'])).rejects.toMatchObject({
    code: 2,
    stdout: expect.stringContaining('npy is no text for a terminal'),
  });
});

test('colours are for a terminal, and NO_COLOR takes them away', async () => {
  expect(await onTerminal(['doctor'])).toContain(`${ESCAPE}32mcpu`);
  expect(await onTerminal(['doctor'], { NO_COLOR: '1' })).not.toContain(ESCAPE);
  expect(await onTerminal(['doctor'], { NO_COLOR: '' })).toContain(`${ESCAPE}32mcpu`);
});

test('a file that the bar was shown for is the same file', async () => {
  const out = join(await folder(), 'y.npy');
  await onTerminal([...RUN, out]);
  expect(await readFile(out)).toEqual(await readFile(golden('softmax.npy')));
});
