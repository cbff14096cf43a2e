import type { OpName } from '@softmax/core';
import { must, outputs } from '../../judge/outputs.ts';
import { isGradient, isLoss, operationsThat, takes } from '../../operations/described.ts';
import { type Case, needs, unmeasured } from '../../plan/case.ts';
import { callOf } from '../contract/call.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Gradients that take a mask, and those whose rows can be ignored. */
const MASKED = operationsThat((op) => isGradient(op) && takes(op, 'mask'));
const IGNORING = operationsThat((op) => isGradient(op) && isLoss(op));

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
      const all = await outputs(callOf(op)(softmax, { data, shape: [2, 2] }, options));
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
