import type { Mode, OpName, Softmax } from '@softmax/core';
import { decode } from '../../judge/float.ts';
import { must, outputs } from '../../judge/outputs.ts';
import { type Case, needs } from '../../plan/case.ts';

/** What a call gives, its results one after the other: as many of the values as are known. */
export type Answer = readonly [
  call: (on: Softmax<unknown, Mode>) => unknown,
  values: readonly number[],
  relative?: number,
];
export type Known = readonly [op: OpName, name: string, mistake: string, answers: readonly Answer[]];

export const answered = ([, name, mistake, answers]: Known, op: OpName): Case => ({
  category: 'known',
  op,
  name,
  mistake,
  needs: needs(op, 'float64'),
  async run({ softmax }) {
    for (const [number, [call, values, relative = 4e-16]] of answers.entries()) {
      const got = (await outputs(call(softmax))).flatMap(({ data, dtype }) => [...decode(data, dtype)]);
      for (const [k, value] of values.entries()) {
        const found = got[k];
        const fits =
          Object.is(found, value) ||
          Math.abs((found ?? Number.NaN) - value) <= 2 * relative * Math.abs(value);
        must(fits || found === value, `answer ${number}, [${k}]: expected ${value}, got ${found}`);
      }
    }
    return undefined;
  },
});
