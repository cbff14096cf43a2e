import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type BenchResults, throughputPlot } from '@softmax/cli/bench';
import type { CheckReport, Report } from '@softmax/conformance';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Page } from 'playwright';
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

/** What a button downloads, as soon as it can be pressed. */
async function saved(page: Page, button: string): Promise<unknown> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
}

test('the plan passes on the backends of the page, with threads and without, and the report that is saved is that of the command line', async () => {
  const page = await open(`#/machine?on=${ALL}&op=gumbelSoftmax`);
  page.setDefaultTimeout(LIMIT);
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByRole('img', { name: 'The worst error is' }).waitFor();
  const report = (await saved(page, 'Save the report')) as Report;
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
  const plot = page.getByRole('img', { name: 'The worst error is' });
  await plot.waitFor();
  const [, worst = NaN] = /is ([\d.]+) units/.exec((await plot.getAttribute('aria-label')) ?? '') ?? [];
  const { backends } = (await saved(page, 'Save the report')) as Report;
  const accuracy = backends.flatMap(({ checks }) => checks).filter(({ category }) => category === 'accuracy');
  // A result that became 0 is wrong by millions of units, and no error of its method.
  const errorOf = ({ errors = [] }: CheckReport) => Math.max(0, ...errors.map(({ ulp, kept = ulp }) => kept));
  // S1 allows 4 + |d| + 2·log2 n, where |d| ≤ 149·ln 2 and n ≤ 2²⁰; and beside a cap 4·c/T eps of 2 ulp at most, where
  // the plan goes to c/T = 3000.
  const allowed = 4 + 149 * Math.LN2 + 40;
  const isCapped = ({ id }: CheckReport) => id === 'accuracy/softmax/caps';
  expect(accuracy.filter(isCapped)).not.toEqual([]);
  for (const check of accuracy)
    expect(errorOf(check), check.id).toBeLessThan(isCapped(check) ? allowed + 8 * 3000 : allowed);
  // The page shows the worst of all.
  expect(Number(worst)).toBeCloseTo(Math.max(...accuracy.map(errorOf)), 0);
  await page.getByText('Hollow: rows in which the backend took results as 0').waitFor();
});

/** The names of what is in it, at every depth. */
const form = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).map(([name, each]) => [name, form(each)])
    : typeof value;

/** What the command line writes. */
function benched(): BenchResults {
  const main = createRequire(import.meta.url)
    .resolve('@softmax/cli/package.json')
    .replace('package.json', 'dist/main.js');
  const asked = ['bench', '--quick', '--op', 'softmax', '--size', '1x10', '--json', '-'];
  return JSON.parse(execFileSync(process.execPath, [main, ...asked], { encoding: 'utf8' }));
}

test('a race ends with a speed for every length and backend, and is saved as the command line writes it', async () => {
  const page = await open(`#/machine?on=cpu,wasm-threads,onnxruntime-web-webgpu`);
  page.setDefaultTimeout(LIMIT);
  await page.getByRole('button', { name: 'Race', exact: true }).click();
  await page.getByRole('img', { name: /^The fastest is [-a-z]+ with / }).waitFor();
  await expect.poll(() => page.locator('.pair circle').count(), { timeout: LIMIT }).toBe(15);
  expect(await page.locator('.key').allTextContents()).toContain(' cpu wasm-threads onnxruntime-web-webgpu');
  await accessible(page);
  const results = (await saved(page, 'Save the race')) as BenchResults;
  const written = benched();
  const [ours, theirs] = [results, written].map(({ tasks }) => tasks[0]);
  expect([form(results), form(ours), form(ours?.timings[0])]).toEqual([
    form(written),
    form(theirs),
    form(theirs?.timings[0]),
  ]);
  expect(results.absent).toEqual([]);
  expect(results.systems.map(({ name, threads }) => [name, threads > 1])).toEqual([
    ['cpu', false],
    ['wasm-threads', true],
    ['onnxruntime-web-webgpu', false],
  ]);
  expect(results.tasks.map(({ size, elements }) => [size, elements])).toEqual(
    ['4096×16', '512×128', '64×1024', '8×8192', '1×65536'].map((size) => [size, 2 ** 16]),
  );
  const timings = results.tasks.flatMap((task) => task.timings);
  expect(timings).toHaveLength(15);
  for (const { rounds, least, median, quartiles, ulp } of timings) {
    expect(rounds).toBeGreaterThanOrEqual(3);
    const order = [0, least, quartiles[0], median, quartiles[1]];
    expect(order.toSorted((a, b) => a - b)).toEqual(order);
    expect(ulp).toBeLessThan(100);
  }
  expect(results.tasks.map(({ timings: [first] }) => first?.ratio.median)).toEqual([1, 1, 1, 1, 1]);
  // What draws the results of the command line draws these.
  expect(throughputPlot(results, 'softmax')).toContain('onnxruntime-web-webgpu');
});

test('a race that was stopped says who did not end it', async () => {
  const page = await open('#/machine?on=cpu,onnxruntime-web');
  await page.getByRole('button', { name: 'Race', exact: true }).click();
  await page
    .getByRole('cell', { name: /rows of \d+: / })
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  const { absent, tasks } = (await saved(page, 'Save the race')) as BenchResults;
  expect(absent.at(-1)).toEqual({ system: 'onnxruntime-web', reason: 'stopped' });
  expect(tasks[0]?.timings[0]?.system).toBe('cpu');
});

test('each runtime is in the page once', () => {
  const assets = readdirSync(new URL('../dist/assets', import.meta.url));
  const runtimes = assets.flatMap((name) => /^ort\.\w+/.exec(name) ?? []);
  expect(runtimes.toSorted()).toEqual(['ort.wasm', 'ort.webgpu']);
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
