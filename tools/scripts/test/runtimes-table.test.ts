import { expect, test } from 'vitest';
import { BACKENDS, readReadme, readResults, withRuntimesTable } from '../runtimes-table.mjs';
import { readMeasured } from '../support-table.mjs';

const readme = readReadme();
const results = readResults();

test('the table of runtimes is what was measured; pnpm check:runtimes measures it', () => {
  expect(withRuntimesTable(readme, results)).toBe(readme);
});

test('what ran is the plan of this suite, with no failed check, on providers that the table knows', () => {
  expect(results.suite).toBe(readMeasured().suite);
  expect(results.cells.map(({ failed }) => failed)).toEqual(results.cells.map(() => 0));
  const places = results.cells.map(({ runtime, backend }) => `${runtime} ${backend}`);
  expect(Object.keys(BACKENDS)).toEqual(expect.arrayContaining(places));
});

test('a run of a part, or one that did not end, makes no table', () => {
  const cells = (change: object) => results.cells.map((cell) => ({ ...cell, ...change }));
  expect(() => withRuntimesTable(readme, { ...results, cells: cells({ plan: 'part' }) })).toThrow('no plan');
  expect(() => withRuntimesTable(readme, { ...results, cells: cells({ fault: 'SIGKILL' }) })).toThrow(
    'SIGKILL',
  );
  expect(() => withRuntimesTable('no table', results)).toThrow('no place');
});
