import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { figuresOf, PAGES, readFigures, speedTable, withSpeed } from '../src/figures.ts';

test.each(PAGES)('%s prints the figures that are kept; pnpm run figures writes both', (path) => {
  expect(readFileSync(path, 'utf8')).toContain(speedTable(readFigures()));
});

test('the figures of a run are its softmax at four sizes, and its worst error', () => {
  const timing = (system: string, median: number, ulp: number | null) => ({ system, median, ulp });
  const task = { op: 'softmax', size: '1×1000', n: 1000, elements: 1000 };
  const results = {
    date: '2026-11-21T00:00:00Z',
    machine: { runtime: 'node 24', cpu: 'X', cpus: 2 },
    systems: [{ name: 'ours' }, { name: 'absent' }],
    tasks: [
      { ...task, timings: [timing('ours', 0.8, 2.19)] },
      { ...task, op: 'logSoftmax', timings: [timing('ours', 1, 9)] },
    ],
  };
  expect(figuresOf(results as never)).toEqual({
    date: '2026-11-21',
    machine: 'node 24, 2 × X',
    sizes: ['1×1000'],
    systems: [['ours', 10, 2.2]],
  });
});

test('a page without a place for the figures is seen', () => {
  const page = 'a\n<!-- speed: written by pnpm run figures -->\nold<!-- /speed -->\nb';
  expect(withSpeed(page, 'new')).toBe(page.replace('old', 'new'));
  expect(() => withSpeed('no place', '')).toThrow('no place');
});
