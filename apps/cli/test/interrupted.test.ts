import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, readdir, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { folder, golden } from './golden.ts';
import { inProcess } from './run.ts';

vi.setConfig({ testTimeout: 60_000 });

const MAIN = join(import.meta.dirname, '..', 'dist', 'main.js');

/** A folder inside the package, so that a backend there finds @softmax/core. */
async function inPackage(): Promise<string> {
  const path = await mkdtemp(join(import.meta.dirname, '..', 'node_modules', 'interrupted-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
  '%s ends a kernel of a minute at once, and leaves nothing',
  async (signal) => {
    const [where, home] = [await folder(), await inPackage()];
    const [module, begun] = [join(home, 'slow.mjs'), join(home, 'begun')];
    await writeFile(
      module,
      `import { writeFileSync } from 'node:fs';
      import { cpu, cpuKernels } from '@softmax/core';
      const softmax = () => {
        writeFileSync(${JSON.stringify(begun)}, '');
        for (const end = Date.now() + 60_000; Date.now() < end; );
      };
      export default { ...cpu(), name: 'slow', kernels: { ...cpuKernels, softmax } };`,
    );
    const args = ['run', 'softmax', golden('logits.npy'), '--backend', module, '--out', join(where, 'y.npy')];
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'ignore' });
    await vi.waitFor(() => access(begun), 30_000);
    const sent = performance.now();
    child.kill(signal);
    const [, by] = (await once(child, 'close')) as [null, string];
    expect([by, await readdir(where)]).toEqual([signal, []]);
    expect(performance.now() - sent).toBeLessThan(5000);
  },
);

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGQUIT', 131],
  ['SIGTERM', 143],
] as const)('%s while input is awaited ends with %d, and leaves nothing', async (signal, expected) => {
  const where = await folder();
  const args = ['run', 'softmax', '--from', 'jsonl', '--out', join(where, 'y.csv')];
  const child = spawn(process.execPath, [MAIN, ...args]);
  child.stdin.write('[1, 2]\n');
  await vi.waitFor(async () => expect((await readdir(where)).length).toBe(1), 30_000);
  child.kill(signal);
  const [code] = (await once(child, 'close')) as [number];
  expect([code, await readdir(where)]).toEqual([expected, []]);
});

const write = (out: string) => inProcess(['run', 'softmax', golden('logits.npy'), '--out', out]);

test.each([0o600, 0o640, 0o444])('a file of mode %o keeps it', async (mode) => {
  const out = join(await folder(), 'y.npy');
  await writeFile(out, '');
  await chmod(out, mode);
  expect((await write(out)).code).toBe(0);
  const found = await stat(out);
  expect([found.mode & 0o777, found.size]).toEqual([mode, 248]);
});

test.each(['there.npy', 'not-yet.npy'])('a symbolic link to %s stays one', async (name) => {
  const where = await folder();
  await writeFile(join(where, 'there.npy'), '');
  await symlink('second', join(where, 'first.npy'));
  await symlink(name, join(where, 'second'));
  expect((await write(join(where, 'first.npy'))).code).toBe(0);
  expect([await readlink(join(where, 'first.npy')), (await stat(join(where, name))).size]).toEqual([
    'second',
    248,
  ]);
});

test('links that lead to one another are an error', async () => {
  const where = await folder();
  await symlink('b.npy', join(where, 'a.npy'));
  await symlink('a.npy', join(where, 'b.npy'));
  expect((await write(join(where, 'a.npy'))).err).toMatch(
    /cannot write .*a\.npy: too many symbolic links\n$/,
  );
});

test.each([
  ['a', 243],
  ['a', 255],
  ['é', 255],
])('a name of %s is written at %d bytes', async (character, bytes) => {
  const where = await folder();
  const length = bytes - '.npy'.length;
  const name = `${character.repeat(Math.floor(length / Buffer.byteLength(character)))}.npy`;
  expect((await write(join(where, name))).code).toBe(0);
  expect(await readdir(where)).toEqual([name]);
});
