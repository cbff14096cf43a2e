import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CANDIDATES } from '../src/index.ts';
import { command } from './run.ts';

// Each starts a process, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000 });

test('the help names every backend and gives examples', async () => {
  const { code, out, err } = await command(['--help']);
  expect([code, err]).toEqual([0, '']);
  for (const { name } of CANDIDATES) expect(out).toContain(`\n  ${name} `);
  expect(out).toContain('softmax check --quick --html report.html');
  expect(out).toContain('Exit codes:');
});

test('the version is that of the package', async () => {
  expect(await command(['--version'])).toEqual({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    err: '',
  });
});

test.each([
  ['an unknown backend', ['check', 'gpu'], /'gpu' is invalid.*Allowed choices are cpu, .*onnxruntime-node, /],
  [
    'an unknown operation',
    ['check', '--op', 'sofmax'],
    /'sofmax' is invalid\. Allowed choices are .*logSumExp/,
  ],
  ['an unknown category', ['check', '--category', 'x'], /'x' is invalid\. Allowed choices are .*accuracy/],
  ['an unknown level', ['check', '--level', 'S4'], /'S4' is invalid\. Allowed choices are S1, S2, S3/],
  ['an unknown option', ['check', '--frob'], /unknown option '--frob'/],
  ['an unknown command', ['chekc'], /unknown command 'chekc'/],
  ['an id that is none', ['check', 'cpu', '--id', 'law/softmax/x'], /no check law\/softmax\/x in this run/],
  ['a seed that is no number', ['check', '--seed', '1.5'], /Allowed are whole numbers from 0/],
  ['no check at all', ['check', 'cpu', '--op', 'contract', '--category', 'gradient'], /no check is in both/],
])('%s is one clear error before anything runs', async (_, args, message) => {
  const { code, out, err } = await command(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^error: /);
  expect(err).toMatch(message);
});

test('a report that cannot be written is refused before the run, not after it', async () => {
  const made = await mkdtemp(join(tmpdir(), 'softmax-cli-'));
  onTestFinished(() => rm(made, { recursive: true }));
  for (const path of [join(made, 'no', 'such', 'folder.json'), made]) {
    const { code, out, err } = await command(['check', 'cpu', '--json', path]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: cannot write .+\n$/);
  }
});
