import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Report } from '@softmax/conformance';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { accessible } from './accessible.ts';
import { open, withPage } from './open-page.ts';

withPage();

const schema = createRequire(import.meta.url).resolve('@softmax/conformance/report.schema.json');
const valid = new Ajv2020({ formats: { 'date-time': true } }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

test('the plan passes on the backends of the page, and the report that is saved is that of the command line', async () => {
  const page = await open('#/machine?on=cpu,wasm,wasm-threads,onnxruntime-web-threads&op=softmax');
  await page.getByRole('button', { name: 'Check' }).click();
  const save = page.getByRole('button', { name: 'Save the report' });
  await page.waitForFunction('!document.querySelector(".orders button:last-child").disabled');
  await page.getByRole('img', { name: 'The worst error is' }).waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  const report: Report = JSON.parse(readFileSync(await download.path(), 'utf8'));
  valid(report);
  expect(valid.errors).toBe(null);
  expect(report.options).toEqual({ quick: true, ops: ['softmax'] });
  const found = report.backends.map(({ backend, checks }) => [
    backend,
    checks.length > 50,
    checks.filter(({ status }) => status === 'failed'),
  ]);
  expect(found).toEqual([
    ['cpu', true, []],
    ['wasm', true, []],
    ['wasm-threads', true, []],
    ['onnxruntime-web-threads', true, []],
  ]);
});

test('a race ends with a speed for every length and backend', async () => {
  const page = await open('#/machine?on=cpu,wasm');
  await page.getByRole('button', { name: 'Race' }).click();
  await page.getByRole('img', { name: /^The fastest is (cpu|wasm) with / }).waitFor();
  await page.waitForFunction('document.querySelectorAll(".pair circle").length === 10');
  expect(await page.locator('.key').allTextContents()).toContain(' cpu wasm');
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
