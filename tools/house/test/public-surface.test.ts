import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifests } from '../manifests.ts';
import { entries, exportedNames } from '../surface.ts';
import { readTree } from '../tree.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('nothing is published or withdrawn by accident', async () => {
  const surface = entries(manifests(readTree(root))).map(({ name, built }) => [
    name,
    exportedNames(read(`${built}.d.ts`), read(`${built}.js`)),
  ]);
  expect(surface.length).toBeGreaterThan(0);
  const text = `${JSON.stringify(Object.fromEntries(surface), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('__snapshots__/public-surface.json');
});

test('every way to export a name is seen, types as types', () => {
  const declarations = `
    export { b, type T as U } from './b.js';
    export type { V } from './v.js';
    export declare const a: number;
    export declare function f(): void;
    export declare class C {}
    export interface I {}
    export default a;`;
  const code = `
    export { b } from './b.js';
    export const a = 1;
    export function f() {}
    export class C {}
    export default a;`;
  const names = ['C', 'a', 'b', 'default', 'f', 'type I', 'type U', 'type V'];
  expect(exportedNames(declarations, code)).toEqual(names);
});

test('a private package has no surface, and package.json is no entry', () => {
  const exports = {
    '.': { types: './dist/x.d.ts', default: './dist/x.js' },
    './package.json': './package.json',
  };
  const manifest = { folder: 'packages/p', name: 'p', exports };
  expect(entries([manifest, { ...manifest, private: true }])).toEqual([
    { name: 'p', built: 'packages/p/dist/x' },
  ]);
});
