import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measured } from '../accuracy.mjs';
import { readMeasured, reportOf, withAccuracyTable, withSupportTable } from '../support-table.mjs';

const readme = readFileSync('README.md', 'utf8');
const table = readMeasured();

test('the support table of the README is what the backends declare; pnpm support writes it', () => {
  expect(withSupportTable(readme)).toBe(readme);
});

test('the accuracy table of the README is what was measured; pnpm support measures it', () => {
  expect(withAccuracyTable(readme, table)).toBe(readme);
});

test('what was measured is what the suite measures today, of every backend in the support table', () => {
  const ops = ['softmax', 'logSoftmax', 'logSumExp', 'crossEntropy', 'sparsemax'];
  const { suite, backends } = reportOf(['cpu', '--category', 'accuracy', '--op', ops.join(',')]);
  expect(suite).toBe(table.suite);
  const [now] = backends.map(measured);
  expect(Object.keys(now?.ops ?? {})).toEqual(ops);
  const before = table.backends.find(({ backend }) => backend === 'cpu')?.ops;
  expect(before).toMatchObject(now?.ops ?? {});
  const names = table.backends.map(({ backend }) => backend);
  expect(readme).toContain(`| operation | ${names.join(' | ')} |\n| --- | --- |`);
});

test('tables that are out of date, and a README without one, are seen', () => {
  const changed = (from: string) => readme.replaceAll(from, '| `sofmax` |');
  expect(changed('| `softmax` |')).not.toBe(readme);
  expect(withSupportTable(withAccuracyTable(changed('| `softmax` |'), table))).toBe(readme);
  expect(() => withSupportTable('no table')).toThrow('no place');
  expect(() => withAccuracyTable('no table', table)).toThrow('no place');
});
