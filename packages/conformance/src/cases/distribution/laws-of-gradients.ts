import fc from 'fast-check';
import { must } from '../../judge/outputs.ts';
import type { Backward } from '../../operations/distribution.ts';
import type { Case } from '../../plan/case.ts';
import { grid, law } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

/** Shifting all logits changes nothing, so the gradient of a softmax sums to 0. */
export const lawsGrad = (op: Backward): readonly Case[] => [
  law({
    op,
    name: 'sums-to-zero',
    mistake: 'a gradient without its mean term',
    of: grid.chain((x) =>
      fc.tuple(
        fc.constant(x),
        fc.array(
          fc.integer({ min: -64, max: 64 }).map((k) => k / 16),
          { minLength: x.length, maxLength: x.length },
        ),
      ),
    ),
    async holds(trial, [x, dy]) {
      const shape = [x.length];
      const dx = await read(
        await trial.softmax[op](shaped(x, shape, 'float32'), shaped(dy, shape, 'float32')),
        'float32',
        shape,
      );
      const size = dy.reduce((a, b) => a + Math.abs(b), 0);
      const sum = dx.reduce((a, b) => a + b, 0);
      must(Math.abs(sum) <= 2 ** -16 * size, `the sum is ${sum}, of terms of ${size}`);
    },
  }),
];
