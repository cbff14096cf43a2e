import type { OpName } from '@softmax/core';
import fc from 'fast-check';
import { identical, must, outputs } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { law, rows } from '../../plan/law.ts';
import { callOf } from './call.ts';
import { isSumGrad } from './shapes.ts';

/** The first result of an operation on rows of one length; where it takes a cotangent, every row has the same. */
async function solved(trial: Trial, op: OpName, x: Float32Array, n: number): Promise<ArrayLike<number>> {
  const count = x.length / n;
  const dy = Float32Array.from(x, (_, k) => (((k % n) * 7) % 11) / 4 - 1);
  const g = isSumGrad(op)
    ? { data: new Float32Array(count).fill(1.5), shape: [count] }
    : { data: dy, shape: [count, n] };
  const [y] = await outputs(callOf(op)(trial.softmax, { data: x, shape: [count, n] }, {}, g));
  return y?.data ?? [];
}

/** What holds for every operation on rows: to the bit, a row is the same alone, among others, anywhere and again. */
export const rowwiseLaws = (op: OpName): readonly Case[] => [
  law({
    op,
    name: 'neighbours',
    mistake: 'a row that depends on its neighbours, or on its start address',
    of: fc.tuple(rows, fc.array(rows, { minLength: 1, maxLength: 3 })),
    async holds(trial, [x, others]) {
      const fitted = others.map((row) => x.map((_, k) => row[k % row.length] as number));
      const all = [...fitted, x, ...fitted];
      const alone = await solved(trial, op, Float32Array.from(x), x.length);
      const y = Array.from(await solved(trial, op, Float32Array.from(all.flat()), x.length));
      const width = y.length / all.length;
      const own = y.slice(fitted.length * width, (fitted.length + 1) * width);
      must(identical(own, alone), `${own} between ${fc.stringify(fitted)}, ${Array.from(alone)} alone`);
    },
  }),
  law({
    op,
    name: 'alignment',
    mistake: 'a vector load that takes the start of a row for that of a register',
    of: fc.tuple(rows, fc.integer({ min: 1, max: 15 })),
    async holds(trial, [x, offset]) {
      const shifted = new Float32Array(x.length + offset).fill(77);
      shifted.set(x, offset);
      const y = await solved(trial, op, shifted.subarray(offset), x.length);
      const expected = Array.from(await solved(trial, op, Float32Array.from(x), x.length));
      must(identical(expected, y), `${Array.from(y)} at ${offset}, ${expected} at 0`);
    },
  }),
  law({
    op,
    name: 'determinism',
    mistake: 'a result that depends on earlier calls, or on the order of threads',
    of: fc.tuple(rows, rows),
    async holds(trial, [x, other]) {
      const first = Array.from(await solved(trial, op, Float32Array.from(x), x.length));
      await solved(trial, op, Float32Array.from(other), other.length);
      const again = await solved(trial, op, Float32Array.from(x), x.length);
      must(identical(first, again), `${first}, then ${Array.from(again)}`);
    },
  }),
];
