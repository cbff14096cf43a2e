import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Report } from '@softmax/conformance';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { page } from '../src/report/page.ts';
import { broken, good } from './candidates.ts';
import { inProcess } from './run.ts';

const SOME = ['--quick', '--op', 'softmax,logSumExp', '--category', 'accuracy'];
const run = (...more: readonly string[]) =>
  inProcess(['check', ...SOME, ...more], { candidates: [good, broken] });

const { out: json } = await run('--json', '-');
const report: Report = JSON.parse(json);
const failed = report.backends.flatMap(({ checks }) => checks).filter(({ status }) => status === 'failed');

test('what is written has the documented form', () => {
  const schema = createRequire(import.meta.url).resolve('@softmax/conformance/report.schema.json');
  const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(schema, 'utf8')) as object,
  );
  expect(valid(report), JSON.stringify(valid.errors)).toBe(true);
});

test('a report on standard output is alone there', async () => {
  const { out, err } = await run('--markdown', '-');
  expect(out).toMatch(/^# Conformance of cpu, broken\n/);
  expect(err).toMatch(/^2 backends, suite /m);
  expect((await run('--markdown', '-', '--json', '-')).err).toMatch(/^error: only one report/);
});

test('the Markdown has a cell for each operation on each backend, and every failure', async () => {
  const { out } = await run('--markdown', '-');
  expect(out).toMatch(/^\| `softmax` \| S3 · [\d.]+ \/ [\d.]+ \/ [\d.]+ \| .*\*\*\d+ failed\*\* \|$/m);
  expect(out).toMatch(/^\| `logSumExp` \| S3 · ([\d./ ]+) \| S3 · \1 \|$/m);
  for (const { id, mistake } of failed) expect(out).toContain(`- \`${id}\`: catches ${mistake}`);
});

test('the page needs nothing else, and every link of it leads somewhere', () => {
  const { document } = parseHTML(page(report));
  expect(document.querySelectorAll('script, link, img, iframe, [src]').length).toBe(0);
  expect(document.querySelector('style')?.textContent).not.toMatch(/url\(|@import/);
  const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) expect(document.getElementById(link.slice(1)), link).not.toBeNull();
});

test('the page shows each failure with its element, and a plot for each operation with rows of several lengths', () => {
  const { document } = parseHTML(page(report));
  const articles = [...document.querySelectorAll('article')];
  expect(articles.length).toBe(failed.length);
  for (const [k, { id, worst }] of failed.entries()) {
    expect(articles[k]?.textContent).toContain(id);
    expect(articles[k]?.textContent).toContain(`${worst?.expected ?? id}`);
  }
  const captions = [...document.querySelectorAll('details[open] figcaption')].map((each) => each.textContent);
  expect(captions).toEqual(['softmax', 'logSumExp']);
  expect(document.querySelector('figure svg path')).not.toBeNull();
});

test('results that were flushed are left out of the plots, and the page says so', () => {
  const errors = [2, 4, 8, 16].map((n) => ({ dtype: 'float32' as const, n, ulp: 5e6, kept: 2 }));
  const backends = report.backends
    .slice(0, 1)
    .map((each) => ({ ...each, checks: each.checks.map((check) => ({ ...check, errors })) }));
  const { document } = parseHTML(page({ ...report, backends }));
  const ticks = [...document.querySelectorAll('figure g[aria-label="y-axis tick label"] text')];
  expect(ticks.map((each) => Number(each.textContent)).filter((tick) => tick > 10)).toEqual([]);
  expect(document.querySelector('figure g[aria-label=dot] circle')?.getAttribute('fill-opacity')).toBe('0');
  expect(document.body.textContent).toContain('Hollow: results below the smallest normal number became 0');
  expect(parseHTML(page(report)).document.body.textContent).not.toContain('Hollow');
});

test('many failures of an operation are folded, few are shown, and curves that coincide are told apart', () => {
  const first = report.backends.slice(0, 1);
  const twins = { ...report, backends: [...first, ...first.map((each) => ({ ...each, backend: 'twin' }))] };
  const { document } = parseHTML(page(twins));
  const lines = [...document.querySelectorAll('figure g[aria-label=line]')].slice(0, 2);
  expect(lines.map((line) => line.getAttribute('stroke-dasharray'))).toEqual([null, '5,5']);
  const legend = [...document.querySelectorAll('.legend li')].map((each) => each.textContent);
  expect(legend).toEqual(['cpu', 'twin']);
  const failures = [...parseHTML(page(report)).document.querySelectorAll('#failures ~ details')];
  expect(failures.length).toBeGreaterThan(0);
  for (const each of failures)
    expect(each.hasAttribute('open')).toBe(each.querySelectorAll('article').length <= 8);
});

test('what a backend says of itself is text, not markup', () => {
  const [first] = report.backends;
  const name = '<img src=x onerror=alert(1)>';
  const { document } = parseHTML(
    page({ ...report, backends: [{ ...report.backends[0], ...first, backend: name } as never] }),
  );
  expect(document.querySelectorAll('img').length).toBe(0);
  expect(document.body.textContent).toContain(name);
});
