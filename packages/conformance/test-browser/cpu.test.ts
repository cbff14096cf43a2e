import { cpu } from '@softmax/core';
import { expect, test } from 'vitest';
import { check } from '../src/index.ts';

test('the whole plan of the reference passes in a browser', { timeout: 60_000 }, async () => {
  const { checks } = await check(cpu());
  expect(checks.filter(({ status }) => status !== 'passed')).toEqual([]);
});
