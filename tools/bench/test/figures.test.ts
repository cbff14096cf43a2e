import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { currentPage, PAGES, withSpeed } from '../src/figures.ts';

test.each(PAGES)('the speed figures of %s are those of the results; pnpm run figures writes them', (path) => {
  expect(readFileSync(path, 'utf8')).toBe(currentPage(path));
});

test('figures that are out of date, and a page without a place for them, are seen', () => {
  const page = 'a\n<!-- speed: written by pnpm run figures -->\nold<!-- /speed -->\nb';
  expect(withSpeed(page, 'new')).toBe(page.replace('old', 'new'));
  expect(() => withSpeed('no place', '')).toThrow('no place');
});
