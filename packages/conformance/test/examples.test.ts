import { expect, test } from 'vitest';
import { check } from '../src/index.ts';
import { conform } from '../src/vitest.ts';
import { borrowed } from './examples/borrowed.ts';
import { device } from './examples/device.ts';

conform(borrowed(), { quick: true });
conform(async () => device(), { quick: true });

test('what a backend does not offer is refused, and nothing else is', async () => {
  const { checks } = await check(device(), { quick: true });
  const count = (status: string) => checks.filter((each) => each.status === status).length;
  expect(count('failed')).toBe(0);
  const refused = checks.filter(({ status }) => status === 'refused');
  expect(refused.length).toBeGreaterThan(0);
  for (const { op, id } of refused)
    expect(`${op} ${id}`).toMatch(
      /^crossEntropy|float64|float16|plain-numbers|differences|masked-cotangents|known\//,
    );
});
