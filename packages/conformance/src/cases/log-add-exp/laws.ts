import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must, outputs, same } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { law, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const pair = rows.chain((a) =>
  fc.tuple(
    fc.constant(a),
    rows.map((b) => a.map((_, k) => b[k % b.length] as number)),
  ),
);
const of = (v: readonly number[]) => shaped(v, [v.length], 'float32');
const added = async ({ softmax }: Trial, a: readonly number[], b: readonly number[]) =>
  read(await softmax.logAddExp(of(a), of(b)), 'float32', [a.length]);

export const laws: readonly Case[] = [
  law({
    op: 'logAddExp',
    name: 'commutes',
    mistake: 'a sum that depends on the order of its numbers',
    of: pair,
    async holds({ softmax }, [a, b]) {
      const there = await outputs(softmax.logAddExp(of(a), of(b)));
      same(there, await outputs(softmax.logAddExp(of(b), of(a))), 'a + b, b + a');
    },
  }),
  law({
    op: 'logAddExp',
    name: 'bounds',
    mistake: 'a sum below the larger, or more than log 2 above it',
    of: pair,
    async holds(trial, [a, b]) {
      const y = await added(trial, a, b);
      for (const [k, v] of y.entries()) {
        const max = Math.max(a[k] as number, b[k] as number);
        const slack = 4 * FORMATS.float32.eps * Math.max(1, Math.abs(max));
        must(v === max || (v >= max && v <= max + Math.LN2 + slack), `${a[k]} and ${b[k]} give ${v}`);
      }
    },
  }),
  law({
    op: 'logAddExp',
    name: 'is-log-sum-exp-of-two',
    mistake: 'a sum of two that is another one than that of a row of two',
    of: pair,
    needs: { kernels: ['logAddExp', 'logSumExp'], dtypes: ['float32'] },
    async holds(trial, [a, b]) {
      const flat = a.flatMap((v, k) => [v, b[k] as number]);
      const pending = trial.softmax.logSumExp(shaped(flat, [a.length, 2], 'float32'));
      const wanted = await read(await pending, 'float32', [a.length]);
      for (const [k, v] of (await added(trial, a, b)).entries()) {
        const w = wanted[k] as number;
        const slack = 8 * FORMATS.float32.eps * Math.max(1, Math.abs(w));
        must(v === w || Math.abs(v - w) <= slack, `${a[k]} and ${b[k]}: ${v} and ${w}`);
      }
    },
  }),
];
