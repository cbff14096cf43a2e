import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { command, inProcess } from './run.ts';

// Each starts a process and runs a plan, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000 });

/** Inside the package, so that a backend there finds @softmax/core. */
async function folder(): Promise<string> {
  const made = await mkdtemp(join(import.meta.dirname, '..', 'node_modules', 'own-backend-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function written(text: string, name = 'backend.mjs'): Promise<string> {
  const path = join(await folder(), name);
  await writeFile(path, text);
  return path;
}

const QUICK = ['--quick', '--op', 'softmax'];

test('a backend to begin with is written, and passes as it is', async () => {
  const path = join(await folder(), 'my-backend.mjs');
  const init = await command(['check', '--init', path]);
  expect(init.code).toBe(0);
  expect(init.out).toContain(`softmax check --backend ${path}`);
  const { code, out } = await command(['check', '--backend', path, ...QUICK]);
  expect([code, out]).toEqual([0, expect.stringMatching(/^softmax +my-backend +S3 .*\n\n1 backend, /m)]);
});

test('a file that is there is not overwritten', async () => {
  const path = await written('mine');
  const { code, err } = await command(['check', '--init', path]);
  expect([code, err]).toEqual([2, expect.stringMatching(/^error: cannot write .*EEXIST/)]);
  expect(await readFile(path, 'utf8')).toBe('mine');
});

test('an asynchronous backend, made asynchronously, stands beside those that are known', async () => {
  const path = await written(`
    import { cpu, cpuKernels } from '@softmax/core';
    const later = (kernel) => async (...given) => kernel(...given);
    const kernels = Object.fromEntries(Object.entries(cpuKernels).map(([name, kernel]) => [name, later(kernel)]));
    export default async () => ({ ...cpu(), name: 'later', mode: 'async', kernels, download: async (b) => b });`);
  const { code, out } = await command(['check', 'cpu', '--backend', path, ...QUICK]);
  expect([code, out]).toEqual([0, expect.stringMatching(/^softmax +later +S3 /m)]);
  expect(out).toMatch(/^softmax +cpu +S3 /m);
});

test('a failure says the command that runs it alone, and that command fails alike', async () => {
  const path = await written(`
    import { cpu, cpuKernels } from '@softmax/core';
    const softmax = (problem, inputs) => ({ y: cpuKernels.softmax(problem, inputs).y.map((v) => v * 1.001) });
    export default { ...cpu(), name: 'rough', kernels: { softmax } };`);
  const first = await command([
    'check',
    '--backend',
    path,
    ...QUICK,
    '--category',
    'accuracy',
    '--seed',
    '7',
  ]);
  expect(first.code).toBe(1);
  const alone = /^ {2}alone: {3}softmax (.+)$/m.exec(first.out)?.[1] ?? '';
  expect(alone).toMatch(/^check --backend .+ --id accuracy\/softmax\/[\w-]+ --seed 7 --quick$/);
  const second = await command(alone.split(' '));
  const block = (text: string) => /^FAILED [\s\S]+?^ {2}alone: .+$/m.exec(text)?.[0];
  expect(block(second.out)).toBe(block(first.out));
  expect(block(second.out)).toMatch(
    /^ {2}found: {3}Mismatch: \[\d+\] expected [\d.e-]+, got [\d.e-]+: [\d.e+]+ ulp of float\d\d, allowed .+$/m,
  );
  expect(second.out).toMatch(/: 0 passed, 1 failed, 0 refused, 0 deviating in /);
});

const THREADS = ['--quick', '--id', 'endurance/contract/several-threads'];
const inThreads = (what: string) =>
  written(`
    import { isMainThread } from 'node:worker_threads';
    import { cpu, cpuKernels } from '@softmax/core';
    ${what}
    export default { ...cpu(), name: 'mine', kernels: { ...cpuKernels, softmax } };`);

test('a backend is tried in threads of its own, by its file', async () => {
  const path = await inThreads('const { softmax } = cpuKernels;');
  const { code, out } = await command(['check', 'cpu', '--backend', path, ...THREADS]);
  expect([code, out]).toEqual([0, expect.stringContaining(': 2 passed, 0 failed, 0 refused')]);
});

test.each([
  [
    'wrong in a thread alone',
    'const softmax = (p, i) => ({ y: cpuKernels.softmax(p, i).y.map((v) => (isMainThread ? v : v / 2)) });',
    /^ {2}found: {3}thread 0 of 2, accuracy\/softmax\/uniform-10: Mismatch: /m,
  ],
  [
    'dead in a thread',
    'const { softmax } = cpuKernels; if (!isMainThread) process.exit(3);',
    /^ {2}found: {3}a thread with .+ ended with code 3 and no report$/m,
  ],
])('a backend that is %s is found out', async (_, what, message) => {
  const { code, out } = await command(['check', '--backend', await inThreads(what), ...THREADS]);
  expect([code, out]).toEqual([1, expect.stringMatching(message)]);
});

test.each([
  ['absent', undefined, /--backend: got .*; allowed: a file that exists/],
  ['no module', 'export default {', /which says: Unexpected end of input; allowed: a module that loads/],
  [
    'without a default export',
    'export const mine = 1',
    /which exports mine; allowed: `export default` of a backend/,
  ],
  ['no backend', 'export default 7', /got 7; allowed: a backend: \{ spec: 1, name/],
  ['of another contract', 'export default { spec: 2, name: "x" }', /spec: got 2; allowed: 1/],
  [
    'without a mode',
    'export default { spec: 1, name: "x" }',
    /mode: got undefined; allowed: 'sync' or 'async'/,
  ],
])('a file that is %s is one clear error', async (_, text, message) => {
  const path = await written(text ?? '');
  const named = text === undefined ? `${path}.absent` : path;
  const { code, out, err } = await inProcess(['check', '--backend', named]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
  expect(err.trimEnd().split('\n').length).toBe(1);
});
