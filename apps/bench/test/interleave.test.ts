import { expect, test } from 'vitest';
import { interleave, overheadOf } from '../src/interleave.ts';

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

test('an overhead is that of the rounds, not of the medians: a slow spell meets both', () => {
  const ours = Float64Array.of(11, 110, 11, 1100, 11);
  const direct = Float64Array.of(10, 100, 10, 1000, 100);
  expect(overheadOf(ours, direct)).toBeCloseTo(0.1, 12);
});
