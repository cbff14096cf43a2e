import { createSoftmax, type KernelName } from '@softmax/core';
import { must, outputs, same } from '../../judge/outputs.ts';
import { type Case, needs, unmeasured } from '../../plan/case.ts';
import { guarding } from '../../plan/guarding.ts';
import { WHOLE_CALLS } from './whole-calls.ts';

/** With and without a tail behind registers of 4, 8 and 16. */
const LENGTHS = [1, 3, 8, 17, 33];
/** As float32: 0, and NaN; as masks and classes: 0, and what is none. */
const SENTINELS = [0, 0xff];

const kebab = (name: string): string => name.replace(/[A-Z0-9]+/g, (part) => `-${part.toLowerCase()}`);

/** Around whatever a kernel is lent, not logits alone: masks, classes, weights, noise, targets, trees. */
export const sentinels: readonly Case[] = (Object.keys(WHOLE_CALLS) as KernelName[]).map((kernel) => {
  const { op, call } = WHOLE_CALLS[kernel];
  return unmeasured(
    {
      category: 'contract',
      op,
      name: `sentinels-of-${kebab(kernel)}`,
      mistake: 'a mask, class, weight, noise or target that is written to, or read or written past its ends',
      needs: needs(op, 'float32', kernel),
    },
    async (trial) => {
      for (const n of LENGTHS) {
        const expected = await outputs(call(trial.softmax, n));
        for (const sentinel of SENTINELS) {
          const guarded = guarding(trial.backend, sentinel);
          const found = await outputs(call(createSoftmax(guarded.backend), n));
          const changed = guarded.changed();
          must(changed.length === 0, `n = ${n}: ${changed.join('; ')}`);
          same(found, expected, `n = ${n}, among bytes of ${sentinel}`);
        }
      }
    },
  );
});
