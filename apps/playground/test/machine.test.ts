import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Report } from '@softmax/conformance';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test, vi } from 'vitest';
import { accessible } from './accessible.ts';
import { open, withPage } from './open-page.ts';
import { isolated } from './serve.ts';

// What hangs; a GPU that is a CPU takes its time when others want that CPU.
const LIMIT = 300_000;
vi.setConfig({ testTimeout: LIMIT });

// Below a path: there too the runtimes must find their files.
withPage(isolated('/below/a/path/'));

const ALL = 'cpu,wasm,wasm-threads,onnxruntime-web,onnxruntime-web-threads'.split(',');

const schema = createRequire(import.meta.url).resolve('@softmax/conformance/report.schema.json');
const valid = new Ajv2020({ formats: { 'date-time': true } }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

test('the plan passes on the backends of the page, with threads and without, and the report that is saved is that of the command line', async () => {
  const page = await open(`#/machine?on=${ALL}&op=gumbelSoftmax`);
  page.setDefaultTimeout(LIMIT);
  await page.getByRole('button', { name: 'Check' }).click();
  const save = page.getByRole('button', { name: 'Save the report' });
  await page.waitForFunction('!document.querySelector(".orders button:last-child").disabled');
  await page.getByRole('img', { name: 'The worst error is' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  const report: Report = JSON.parse(readFileSync(await download.path(), 'utf8'));
  valid(report);
  expect(valid.errors).toBe(null);
  expect(report.options).toEqual({ quick: true, ops: ['gumbelSoftmax'] });
  const found = report.backends.map(({ backend, checks }) => [
    backend,
    checks.length > 50,
    checks.filter(({ status }) => status === 'failed'),
  ]);
  expect(found).toEqual(ALL.map((name) => [name, true, []]));
});

test('the plan passes on WebGPU, and the page says how many checks it refused', async () => {
  const page = await open('#/machine?on=onnxruntime-web-webgpu&op=softmax');
  page.setDefaultTimeout(LIMIT);
  await page.getByRole('button', { name: 'Check' }).click();
  const said = page.getByRole('cell', { name: / checks passed at level S1, / });
  await said.waitFor();
  const [passed = 0, refused = 0] = [
    ...((await said.textContent()) ?? '').matchAll(/(\d+) (?:checks|refused)/g),
  ].map(([, count]) => Number(count));
  expect(passed).toBeGreaterThan(50);
  // Those of float16 and float64.
  expect(refused).toBeGreaterThan(0);
  await page.getByRole('img', { name: 'The worst error is' }).waitFor();
});

test('a race ends with a speed for every length and backend', async () => {
  const page = await open(`#/machine?on=cpu,wasm-threads,onnxruntime-web-webgpu`);
  page.setDefaultTimeout(LIMIT);
  await page.getByRole('button', { name: 'Race' }).click();
  await page.getByRole('img', { name: /^The fastest is [-a-z]+ with / }).waitFor();
  await page.waitForFunction('document.querySelectorAll(".pair circle").length === 15');
  expect(await page.locator('.key').allTextContents()).toContain(' cpu wasm-threads onnxruntime-web-webgpu');
  await accessible(page);
});

test('what runs can be stopped, and another run begun', async () => {
  const page = await open('#/machine?on=cpu');
  const [check, stop] = ['Check', 'Stop'].map((name) => page.getByRole('button', { name }));
  await page.getByRole('checkbox', { name: 'the whole plan' }).check();
  await check?.click();
  await page.getByRole('progressbar', { name: 'Progress of cpu' }).waitFor();
  await stop?.click();
  await page.getByRole('cell', { name: 'stopped' }).waitFor();
  expect(await check?.isEnabled()).toBe(true);
});
