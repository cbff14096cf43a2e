import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');

test('every path on the page is there', () => {
  const paths = [...page.matchAll(/`((?:packages|apps|tools)\/[\w./-]+)`/g)].map(
    ([, path]) => path as string,
  );
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every room of core, and every package, app and tool, is on the page', () => {
  const rooms = globSync('{packages/core/src/*/,packages/*/,apps/*/,tools/*/}', { cwd: root });
  expect(rooms.length).toBeGreaterThan(15);
  const names = rooms.map((path) => path.split('/').filter(Boolean).at(-1) as string);
  expect(names.filter((name) => !page.includes(`/${name}`) && !page.includes(`\`${name}/\``))).toEqual([]);
});

test('the recipe for an operation names every list that an operation stands in', () => {
  const recipe = page.slice(page.indexOf('## Adding an operation'), page.indexOf('## Adding a backend'));
  // An operation that shares no kernel with another, and so stands in just the lists.
  const sources = globSync('{packages,apps}/*/src/**/*.ts', { cwd: root }).filter((path) =>
    /\bhierarchicalTopK\b/.test(readFileSync(join(root, path), 'utf8')),
  );
  const own = /hierarchical|tree/;
  // An example in a doc comment is no list.
  const lists = sources.filter((path) => !own.test(path) && !path.endsWith('to-onnx.ts'));
  const named = (path: string) => recipe.includes(path.split('/src/')[1] as string);
  expect(lists.filter((path) => !named(path))).toEqual([]);
});
