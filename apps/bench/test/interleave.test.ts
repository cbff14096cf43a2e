import { expect, test } from 'vitest';
import { interleave } from '../src/interleave.ts';

test('the contenders take turns, and the slower one is slower', () => {
  const turns: string[] = [];
  const contender = (name: string, milliseconds: number) => ({
    name,
    run: () => {
      if (turns.at(-1) !== name) turns.push(name);
      const until = performance.now() + milliseconds;
      while (performance.now() < until);
    },
  });
  const [quick, slow] = interleave([contender('quick', 0.01), contender('slow', 1)], 5);
  expect(turns).toEqual(['quick', 'slow', ...new Array(5).fill(['quick', 'slow']).flat()]);
  expect(slow?.median).toBeGreaterThanOrEqual(1000);
  expect(quick?.median).toBeLessThan(slow?.median ?? 0);
  expect(quick?.quartiles[0]).toBeLessThanOrEqual(quick?.median ?? 0);
});
