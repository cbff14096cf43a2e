import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report } from '@softmax/conformance';
import { cpu } from '@softmax/core';
import { expect, onTestFinished, test, vi } from 'vitest';
import { opened } from '../src/index.ts';
import { broken, dead, good, missing } from './candidates.ts';
import { command, inProcess } from './run.ts';

// Each starts a process and runs a plan, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000 });

const QUICK = ['--quick', '--op', 'softmax'];
const ESCAPE = '\u001b';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'softmax-cli-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

test('the report is whole, alone in its folder, and says what the table says', async () => {
  const where = await folder();
  const { code, out } = await command(['check', 'cpu', ...QUICK, '--json', join(where, 'report.json')]);
  expect(await readdir(where)).toEqual(['report.json']);
  const report: Report = JSON.parse(await readFile(join(where, 'report.json'), 'utf8'));
  expect(report.backends.map(({ backend }) => backend)).toEqual(['cpu']);
  const checks = report.backends.flatMap((each) => each.checks);
  expect(checks.length).toBeGreaterThan(0);
  expect(new Set(checks.map(({ op }) => op))).toEqual(new Set(['softmax']));
  const passed = checks.filter(({ status }) => status === 'passed').length;
  const failed = checks.filter(({ status }) => status === 'failed').length;
  expect(out).toMatch(/^softmax +cpu +S[123] /m);
  expect(out.trimEnd().split('\n').at(-1)).toContain(
    `1 backend, suite ${report.suite}: ${passed} passed, ${failed} failed`,
  );
  expect(code).toBe(failed > 0 ? 1 : 0);
});

test('a pipe gets neither colours nor a bar that redraws itself', async () => {
  const { out, err } = await command(['check', 'cpu', ...QUICK]);
  expect(out + err).not.toContain(ESCAPE);
  expect(err).toMatch(/^cpu: \d+ checks in [\d.]+ s, \d+ failed$/m);
});

test('a terminal gets both', async () => {
  const { out, err } = await inProcess(['check', ...QUICK], { candidates: [good], terminal: true });
  expect(out).toContain(ESCAPE);
  expect(err).toContain(ESCAPE);
});

test('a backend that is wrong ends in exit code 1, and each failure says what and why', async () => {
  const { code, out } = await inProcess(['check', ...QUICK], { candidates: [broken] });
  expect(code).toBe(1);
  expect(out).toMatch(
    /^FAILED broken \w+\/softmax\/[\w-]+\n {2}catches: .+\n {2}found: {3}.+\n {2}alone: {3}softmax check broken --id .+/m,
  );
  expect(out).toMatch(/, [1-9]\d* failed, /);
});

test('a runtime that is not installed is told, and stops nobody', async () => {
  const { code, out } = await inProcess(['check', ...QUICK], { candidates: [good, missing] });
  const alone = await inProcess(['check', ...QUICK], { candidates: [good] });
  expect(code).toBe(alone.code);
  expect(out).toContain('not here: missing (missing: got no runtime; allowed: npm install runtime)');
});

test('a runtime that was asked for by name must be there', async () => {
  const { code, err } = await inProcess(['check', 'missing'], { candidates: [good, missing] });
  expect([code, err]).toEqual([2, expect.stringMatching(/^error: backend missing is not available: .+\n$/)]);
});

test('a runtime that is installed and does not start is no gap but a failure', async () => {
  const { code, out } = await inProcess(['check', ...QUICK], { candidates: [good, dead] });
  expect(code).toBe(1);
  expect(out).toContain('FAILED dead does not start: the library is for another machine');
});

test('what was opened is closed, also when a later one is missing', async () => {
  let closed = 0;
  const open = async () => opened(cpu(), async () => void closed++);
  await inProcess(['check', 'good', 'missing'], { candidates: [{ ...good, open }, missing] });
  expect(closed).toBe(1);
});

test('without any onnxruntime the rest runs, and the table is followed by what to install', async () => {
  const hook = pathToFileURL(join(import.meta.dirname, 'without-onnxruntime.mjs')).href;
  const env = { ...process.env, NODE_OPTIONS: `--import=${hook}` };
  const { out } = await command(['check', ...QUICK], env);
  expect(out).toMatch(/^softmax +cpu +S[123] /m);
  for (const name of ['onnxruntime-node', 'onnxruntime-web'])
    expect(out).toMatch(new RegExp(`^not here: ${name} .*npm install ${name}\\)$`, 'm'));
  expect(await command(['check', 'onnxruntime-web'], env)).toMatchObject({ code: 2, out: '' });
});

test('the compact table has one line for an operation and its gradient, and a column for each backend', async () => {
  const { code, out } = await inProcess(['check', '--quick', '--op', 'softmax,softmaxGrad', '--compact'], {
    candidates: [good, broken],
  });
  expect(code).toBe(1);
  const lines = out.split('\n').filter((line) => line.startsWith('softmax'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^softmax +\d+\.\d\d +failed$/);
});
