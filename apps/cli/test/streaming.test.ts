import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { expect, test, vi } from 'vitest';
import { softmax } from '../src/index.ts';
import { folder, golden } from './golden.ts';
import { npyFile } from './npy-file.ts';
import { command, inProcess, script } from './run.ts';

vi.setConfig({ testTimeout: 120_000 });

test('text of twice the heap is streamed: 118 MB in 56', async () => {
  const where = await folder();
  const stream = createWriteStream(join(where, 'x.jsonl'));
  const row = `[${Array.from({ length: 200 }, (_, k) => Math.sin(k + 1)).join(',')}]\n`;
  for (let k = 0; k < 30; k++) stream.write(row.repeat(1000));
  stream.end();
  await finished(stream);
  expect(stream.bytesWritten).toBeGreaterThan(115e6);
  // 30 MB of the heap are the modules of the command.
  const args = ['run', 'softmax', join(where, 'x.jsonl'), '--out', join(where, 'y.npy')];
  const { code, err } = await command(args, { ...process.env, NODE_OPTIONS: '--max-old-space-size=56' });
  expect([code, err]).toEqual([0, '']);
  expect((await readFile(join(where, 'y.npy'))).toString('latin1', 0, 128)).toContain(
    "'shape': (30000, 200)",
  );
});

test('a .npy of 512 MB is read in less than half of that', async () => {
  const where = await folder();
  await npyFile(join(where, 'x.npy'), [131_072, 1024]);
  const args = ['run', 'logSumExp', join(where, 'x.npy'), '--backend', 'wasm', '--out', join(where, 'y.npy')];
  const { code, out } = await script(`
    import { softmax } from ${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)};
    process.exitCode = await softmax(${JSON.stringify(args)});
    process.stdout.write(String(process.resourceUsage().maxRSS));`);
  expect(code).toBe(0);
  expect(Number(out)).toBeLessThan(256 * 1024);
});

test('a stream that holds on to what it was given gets every block of rows', async () => {
  const where = await folder();
  await npyFile(
    join(where, 'x.npy'),
    [700, 1000],
    Float32Array.from({ length: 7e5 }, (_, k) => Math.sin(k)),
  );
  const stdout = new PassThrough({ highWaterMark: 2 ** 24 });
  const args = ['run', 'softmax', join(where, 'x.npy'), '--backend', 'wasm', '--to', 'npy'];
  expect(await softmax(args, { streams: { stdout, stderr: new PassThrough() } })).toBe(0);
  const written = await buffer(stdout.end());
  await inProcess([...args, '--out', join(where, 'y.npy')]);
  expect(written.equals(await readFile(join(where, 'y.npy')))).toBe(true);
});

test('standard output that takes no more is an error in one line, not a stack', async () => {
  const full = await open('/dev/full', 'w');
  const args = ['run', 'softmax', golden('logits.npy'), '--to', 'npy'];
  const main = join(import.meta.dirname, '..', 'dist', 'main.js');
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', full.fd, 'pipe'] });
  const [err] = await Promise.all([text(child.stderr as Readable), once(child, 'close')]);
  await full.close();
  expect(err).toBe('error: cannot write standard output: ENOSPC: no space left on device, write\n');
  expect(child.exitCode).toBe(2);
});
