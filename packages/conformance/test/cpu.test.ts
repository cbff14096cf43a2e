import { cpu } from '@softmax/core';
import { expect, test } from 'vitest';
import { check, summarize } from '../src/index.ts';
import { conform } from '../src/vitest.ts';

conform(cpu(), { make: cpu });

test('the reference is exact everywhere, lacks nothing and deviates nowhere', async () => {
  const report = await check(cpu(), { quick: true, level: 'S3' });
  expect(report.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
  // A one-hot vector is right or wrong: its cases measure nothing.
  const measured = summarize(report).filter(({ op }) => op !== 'contract' && op !== 'oneHot');
  expect(measured.map(({ level }) => level)).toEqual(measured.map(() => 'S3'));
});
