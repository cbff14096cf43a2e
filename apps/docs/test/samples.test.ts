import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { asModule } from './sample.ts';

// Every block of TypeScript in the documentation and in the READMEs is a module of its own: it is written to a file, so
// that its imports are real, and run. A line `expression; // value` must give that value; `…` ends a shortened number.
const home = join(import.meta.dirname, '..');
const root = join(home, '../..');
const folder = join(home, '.samples');

const pages = [
  ...globSync(['guide/*.md', 'operations/*.md'], { cwd: home }).map((page) => join(home, page)),
  join(root, 'README.md'),
];
const samples = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code], k) => ({
    name: `${page.slice(root.length + 1)} ${k + 1}`,
    code: code as string,
  })),
);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(samples)('$name does what it says', async ({ name, code }) => {
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.ts`);
  const { text, wanted } = asModule(code);
  writeFileSync(file, text);
  const { got } = (await import(file)) as { got: string[] };
  expect(got.length).toBe(wanted.length);
  for (const [k, pattern] of wanted.entries()) expect(got[k]).toMatch(pattern);
});

test('a sample whose value is wrong is seen', () => {
  const { wanted } = asModule('1 + 1; // 3\n0.1 + 0.2; // 0.300…');
  expect('2').not.toMatch(wanted[0] as RegExp);
  expect('0.30000000000000004').toMatch(wanted[1] as RegExp);
});
