import type { OpName } from '@softmax/core';
import { must, outputs } from '../../judge/outputs.ts';
import { type Case, needs, unmeasured } from '../../plan/case.ts';
import { CALL } from '../contract/call.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Those that take a mask, and those whose rows can be ignored. */
const MASKED: readonly OpName[] = [
  'softmaxGrad',
  'softminGrad',
  'logSoftmaxGrad',
  'logSumExpGrad',
  'logMeanExpGrad',
  'gumbelSoftmaxGrad',
  'sparsemaxGrad',
  'entmaxGrad',
  'crossEntropyGrad',
  'nllLossGrad',
  'sparsemaxLossGrad',
  'entmaxLossGrad',
];
const IGNORING: readonly OpName[] = [
  'crossEntropyGrad',
  'nllLossGrad',
  'sparsemaxLossGrad',
  'entmaxLossGrad',
];

const exactly0 = (
  op: OpName,
  name: string,
  mistake: string,
  zero: readonly number[],
  options: object,
): Case =>
  unmeasured({ category: 'gradient', op, name, mistake, needs: needs(op) }, async ({ softmax }) => {
    for (const bad of [nan, inf, -inf, 3e38, 7]) {
      const data = Float32Array.of(1, 2, 0.5, -1);
      for (const k of zero) data[k] = bad;
      const all = await outputs(CALL[op](softmax, { data, shape: [2, 2] }, options));
      const dx = all.at(-1)?.data ?? [];
      must(dx.length === 4, `${dx.length} values`);
      for (let k = 0; k < 4; k++) {
        const value = dx[k] as number;
        must(zero.includes(k) ? value === 0 : Number.isFinite(value), `dx[${k}] is ${value} beside ${bad}`);
      }
    }
  });

/** What takes no part has a gradient of exactly 0, whatever stands there. */
export const zeros: readonly Case[] = [
  ...MASKED.map((op) =>
    exactly0(
      op,
      'masked-is-exactly-0',
      '0·NaN, or p·0 rounded: a gradient where the mask lets none through',
      [1, 2],
      {
        mask: [
          [true, false],
          [false, true],
        ],
      },
    ),
  ),
  ...IGNORING.map((op) =>
    exactly0(op, 'ignored-is-exactly-0', 'NaN·0: an ignored row whose gradient is NaN (PyTorch)', [2, 3], {
      ignoreIndex: 1,
    }),
  ),
];
