import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withSupportTable } from '../support-table.mjs';

test('the support table of the README is what the backends declare; pnpm support writes it', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(withSupportTable(readme)).toBe(readme);
});

test('a table that is out of date, and a README without one, are seen', () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(withSupportTable(readme.replace('| `softmax` |', '| `sofmax` |'))).toBe(readme);
  expect(() => withSupportTable('no table')).toThrow('no place');
});
