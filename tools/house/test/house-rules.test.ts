import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doubleCasts } from '../code.ts';
import { RULES } from '../rules.ts';
import { SEAMS } from '../seams.ts';
import { readTree } from '../tree.ts';
import { BROKEN, KEPT } from './house-fixtures.ts';

const tree = readTree(join(import.meta.dirname, '..', '..', '..'));

test('the tree that is checked is the real one', () => {
  expect([...tree.keys()]).toEqual(expect.arrayContaining(['package.json', 'tools/house/rules.ts']));
});

describe.each(Object.entries(RULES))('%s', (name, rule) => {
  test('holds here', () => {
    expect(rule(tree)).toEqual([]);
  });

  test('reports a tree that breaks it', () => {
    expect(BROKEN[name]?.length).toBeGreaterThan(0);
    for (const [files, reports] of BROKEN[name] ?? []) {
      expect(rule(new Map(Object.entries(files)))).toEqual(reports);
    }
  });

  test('leaves a tree that keeps it alone', () => {
    expect(rule(new Map(Object.entries(KEPT)))).toEqual([]);
  });
});

test.each(Object.keys(SEAMS))('%s is still a seam', (seam) => {
  expect(doubleCasts(tree, (path) => path === seam)).not.toEqual([]);
});
