import { expect, test } from 'vitest';
import { LOGITS, random } from '../src/cases/random.ts';
import { FORMATS, ulpOf } from '../src/judge/float.ts';
import { crossEntropy } from '../src/oracle/cross-entropy.ts';
import { distribution } from '../src/oracle/distribution.ts';
import { distributionGrad } from '../src/oracle/distribution-grad.ts';
import type { Expected } from '../src/oracle/expected.ts';
import * as fast from '../src/oracle/fast.ts';
import { logSumExp, logSumExpGrad } from '../src/oracle/log-sum-exp.ts';

const dtype = 'float64';
type Pair = readonly [exact: Expected, fast: fast.Fast];

/** Both oracles on one row. */
function both(x: number[], g: number[]): { readonly [op: string]: Pair } {
  const row = { x, shape: [x.length], dtype } as const;
  const y = x.length >> 1;
  const { loss, dx } = crossEntropy({ ...row, shape: [1, x.length], target: [y] });
  return {
    softmax: [distribution(row, 'softmax'), fast.fastSoftmax(x)],
    softmin: [distribution(row, 'softmax', true), fast.fastSoftmin(x)],
    logSoftmax: [distribution(row, 'logSoftmax'), fast.fastLogSoftmax(x)],
    softmaxGrad: [distributionGrad(row, g, 'softmax'), fast.fastSoftmaxGrad(x, g)],
    softminGrad: [distributionGrad(row, g, 'softmax', true), fast.fastSoftminGrad(x, g)],
    logSoftmaxGrad: [distributionGrad(row, g, 'logSoftmax'), fast.fastLogSoftmaxGrad(x, g)],
    logSumExp: [logSumExp(row), fast.fastLogSumExp(x)],
    logSumExpGrad: [logSumExpGrad(row, [-1.5]), fast.fastLogSumExpGrad(x, -1.5)],
    crossEntropy: [loss, fast.fastCrossEntropy(x, y)],
    crossEntropyGrad: [dx, fast.fastCrossEntropyGrad(x, y)],
  };
}

/** Where terms cancel, their size is what the error is relative to. */
function unitOf({ quantity, values, distance, largest }: Expected, k: number): number {
  const terms = quantity === 'log-sum' ? distance : quantity === 'sum-of-terms' ? largest : values;
  return ulpOf(Math.max(Math.abs(values[k] ?? 0), terms[k] ?? 0), dtype);
}

test.each(Object.entries(LOGITS))(
  'float64 with compensation is the exact oracle within 6 ulp: %s',
  (_, logits) => {
    const next = random(7);
    for (const n of [1, 2, 17, 300]) {
      const x = logits(n, next).map(Math.fround);
      const g = x.map(() => Math.fround(4 * next() - 2));
      for (const [op, [exact, quick]] of Object.entries(both(x, g))) {
        const found = fast.expectedOf(quick, n, dtype);
        expect([found.quantity, found.values.length]).toEqual([exact.quantity, exact.values.length]);
        for (const [k, v] of exact.values.entries()) {
          const error = Math.abs((found.values[k] ?? 0) - v) / unitOf(exact, k);
          expect(error, `${op}, n = ${n}, element ${k}: ${found.values[k]} for ${v}`).toBeLessThanOrEqual(6);
          expect((found.largest[k] ?? 0) === 0, `${op}, n = ${n}, element ${k} is 0`).toBe(
            exact.largest[k] === 0,
          );
        }
      }
    }
  },
);

test('an expectation in blocks is the whole', () => {
  const x = Array.from({ length: 10 }, (_, k) => k / 3);
  const whole = fast.expectedOf(fast.fastSoftmax(x), 10, 'float32');
  const part = fast.expectedOf(fast.fastSoftmax(x), 10, 'float32', 4, 9);
  expect(part.values).toEqual(whole.values.slice(4, 9));
  expect(FORMATS.float32.eps).toBe(2 ** -23);
});
