import type { SoftmaxOptions } from '@softmax/core';
import { outputs } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import { forwardOf } from '../../operations/described.ts';
import type { Backward, Forward } from '../../operations/distribution.ts';
import { type Case, needs } from '../../plan/case.ts';
import { callOf } from './call.ts';

const inf = Number.POSITIVE_INFINITY;

/** `emptyRow: 'throw'`, for values on the host and on the device. */
export const emptyRowThrows = (op: Forward | Backward): Case => ({
  category: 'contract',
  op,
  name: 'empty-row-throws',
  mistake: 'a row without a possible entry that passes where an error was asked for',
  needs: needs(op),
  async run(trial) {
    const { softmax } = trial;
    const none = forwardOf(op) === 'softmin' ? inf : -inf;
    const refused: readonly (readonly [readonly number[], SoftmaxOptions])[] = [
      [[none, none, 1, 2], {}],
      [[1, none, 2, none], { axis: 0 }],
      [
        [1, 2, 3, 4],
        {
          mask: [
            [true, true],
            [false, false],
          ],
        },
      ],
      [
        [none, 2, 3, 4],
        {
          mask: [
            [true, false],
            [true, true],
          ],
        },
      ],
    ];
    for (const [values, options] of refused) {
      const call = { ...options, emptyRow: 'throw' };
      const x = { data: Float32Array.from(values), shape: [2, 2] };
      await refuses(trial, 'EMPTY', () => callOf(op)(softmax, x, call), `${values} on the host`);
      const tensor = softmax.tensor(x);
      await refuses(trial, 'EMPTY', () => callOf(op)(softmax, tensor, call), `${values} in a tensor`);
      tensor.dispose();
    }
    const fine = { data: Float32Array.of(none, 1, 2, none), shape: [2, 2] };
    await outputs(callOf(op)(softmax, fine, { emptyRow: 'throw' }));
    return undefined;
  },
});
