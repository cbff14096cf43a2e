import { expect, test } from 'vitest';
import { logCumSumExp, logCumSumExpGrad } from '../src/index.ts';

test('a sum near 1 keeps its digits, wherever its largest term stands', () => {
  const [, y] = logCumSumExp([0, -40]).data();
  expect(y).toBe(Math.exp(-40));
  const [, z] = logCumSumExp([-40, 0]).data();
  expect(z).toBe(Math.exp(-40));
});

test('large logits do not blur the gradient', () => {
  const x = [3, 1, 4, 1, 5];
  const [near, far] = [x, x.map((v) => v + 2 ** 20)].map((v) =>
    logCumSumExpGrad(v, [1, -2, 3, 1, -1]).data(),
  );
  for (const [k, v] of Array.from(near ?? []).entries()) expect(far?.[k]).toBeCloseTo(v, 14);
});

test('a maximum that rises by little steps does not wear the sum out', () => {
  const x = Array.from({ length: 20_000 }, (_, k) => k / 1000);
  const y = logCumSumExp(x).data();
  const closed = 19.999 + Math.log1p(-Math.exp(-20)) - Math.log(-Math.expm1(-0.001));
  expect(Math.abs((y.at(-1) ?? 0) - closed)).toBeLessThan(1e-14 * 27);
});
