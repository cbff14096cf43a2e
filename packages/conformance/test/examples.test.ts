import { cpu } from '@softmax/core';
import { expect, test } from 'vitest';
import { pairs } from '../src/cases/pairs.ts';
import { check } from '../src/index.ts';
import { CASES } from '../src/plan/cases.ts';
import { conform } from '../src/vitest.ts';
import { borrowed } from './examples/borrowed.ts';
import { device } from './examples/device.ts';

conform(borrowed(), { quick: true });
conform(async () => device(), { quick: true, make: device });

test('what a backend does not offer is refused, and nothing else is', async () => {
  const { checks } = await check(device(), { quick: true });
  const count = (status: string) => checks.filter((each) => each.status === status).length;
  expect(count('failed')).toBe(0);
  const refused = checks.filter(({ status }) => status === 'refused');
  expect(refused.length).toBeGreaterThan(0);
  const lacks = ({ category, op, id }: (typeof refused)[number]): boolean => {
    const found = [...CASES, ...pairs(cpu())].find(
      (each) => each.category === category && each.op === op && id.endsWith(`/${each.name}`),
    );
    const { kernels = [], dtypes = [] } = found?.needs ?? {};
    return (
      kernels.some((kernel) => kernel.startsWith('crossEntropy')) ||
      dtypes.some((dtype) => /float(16|64)/.test(dtype))
    );
  };
  const others = refused.filter((each) => !lacks(each));
  expect(others).toEqual([]);
});
