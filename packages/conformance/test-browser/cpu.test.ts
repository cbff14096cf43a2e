import { cpu } from '@softmax/core';
import { expect, test } from 'vitest';
import { check } from '../src/index.ts';

// The full plan in a page is a cell of `pnpm matrix --full`.
test('the quick plan of the reference passes in a browser', { timeout: 120_000 }, async () => {
  const { checks } = await check(cpu(), { quick: true });
  expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
});

test('a page stays alive while the plan runs, and can end it', { timeout: 120_000 }, async () => {
  const stop = new AbortController();
  let turns = 0;
  const timer = setInterval(() => ++turns === 5 && stop.abort(new Error('enough')), 0);
  const done = check(cpu(), { quick: true, signal: stop.signal });
  await expect(done).rejects.toThrow('enough');
  clearInterval(timer);
});
