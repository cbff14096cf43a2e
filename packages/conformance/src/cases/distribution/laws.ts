import fc from 'fast-check';
import { judge, levelFor } from '../../judge/judge.ts';
import { must } from '../../judge/outputs.ts';
import { allowed, allowedSum } from '../../judge/tolerance.ts';
import { answer, exactly, type Forward } from '../../operations/distribution.ts';
import { Expected } from '../../oracle/expected.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { grid, law, masked, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const solved = async (
  trial: Trial,
  op: Forward,
  x: readonly number[],
  shape: readonly number[] = [x.length],
  options = {},
) => read(await trial.softmax[op](shaped(x, shape, 'float32'), options), 'float32', shape);

/** The values at other places. */
function moved(from: Expected, places: readonly number[]): Expected {
  const to = new Expected(from.quantity, from.dtype, [places.length], from.n);
  for (const [k, place] of places.entries()) {
    to.set(k, from.values[place] as number, from.distance[place], from.largest[place]);
    to.beyond[k] = from.beyond[place] as number;
  }
  return to;
}

const hasFinite = (x: readonly number[]): boolean => x.some(Number.isFinite);

export const laws = (op: Forward): readonly Case[] => {
  const sign = op === 'softmin' ? -1 : 1;
  const possible = rows.filter(hasFinite).map((x) => x.map((v) => (Number.isFinite(v) ? v : sign * v)));
  return [
    law({
      op,
      name: 'shift',
      mistake: 'a result that changes when a constant is added to all logits',
      of: fc.tuple(grid, fc.integer({ min: -1000, max: 1000 })),
      async holds(trial, [x, c]) {
        judge(
          await solved(
            trial,
            op,
            x.map((v) => v + c),
          ),
          answer(op, exactly({ x })),
          trial,
        );
      },
    }),
    law({
      op,
      name: 'permutation',
      mistake: 'entries that are mixed up, or a result that depends on their order',
      of: fc.tuple(possible, fc.infiniteStream(fc.nat())),
      async holds(trial, [x, stream]) {
        const keys = x.map(() => stream.next().value as number);
        const order = x.map((_, k) => k).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
        const got = await solved(
          trial,
          op,
          order.map((k) => x[k] as number),
        );
        judge(got, moved(answer(op, exactly({ x })), order), trial);
      },
    }),
    law({
      op,
      name: 'order',
      mistake: 'a larger logit that is less likely',
      of: possible,
      async holds(trial, x) {
        const [y, expected] = [await solved(trial, op, x), answer(op, exactly({ x }))];
        for (const [a, u] of x.entries())
          for (const [b, v] of x.entries()) {
            const level = levelFor(expected.dtype, trial);
            const slack = allowed(expected, a, level) + allowed(expected, b, level);
            if (sign * (u - v) > 0)
              must((y[a] as number) >= (y[b] as number) - slack, `${u} and ${v}: ${y[a]} and ${y[b]}`);
          }
      },
    }),
    law({
      op,
      name: 'equal-inputs',
      mistake: 'equal logits that differ in the tail of a vector',
      of: fc.tuple(possible, fc.nat()),
      async holds(trial, [x, at]) {
        const v = x[at % x.length] as number;
        const y = await solved(trial, op, [v, ...x, v, v]);
        const own = y.filter((_, k) => Object.is([v, ...x, v, v][k], v));
        must(
          own.every((p) => Object.is(p, own[0])),
          `${v} became ${[...new Set(own)].join(' and ')}`,
        );
      },
    }),
    law({
      op,
      name: 'masking-removes',
      mistake: 'a mask that is anything else than the columns taken away',
      of: masked(possible),
      async holds(trial, [x, mask]) {
        const places = x.map((_, k) => k).filter((k) => mask[k]);
        if (!hasFinite(places.map((k) => x[k] as number))) return;
        const y = await solved(trial, op, x, [x.length], { mask });
        const left = answer(op, exactly({ x: places.map((k) => x[k] as number) }));
        judge(
          places.map((k) => y[k] as number),
          left,
          trial,
        );
        const none = op === 'logSoftmax' ? Number.NEGATIVE_INFINITY : 0;
        must(
          y.every((v, k) => mask[k] || v === none),
          'a masked entry is possible',
        );
      },
    }),
    ...(op === 'logSoftmax' ? logarithm(possible) : [total(op, possible)]),
  ];
};

const total = (op: Forward, of: fc.Arbitrary<number[]>): Case =>
  law({
    op,
    name: 'sums-to-one',
    mistake: 'exp(x − lse), which is 30 times less accurate than dividing by the sum',
    of,
    async holds(trial, x) {
      const sum = (await solved(trial, op, x)).reduce((a, b) => a + b, 0);
      must(Math.abs(sum - 1) <= allowedSum(x.length, 'float32', trial.level), `the sum is ${sum}`);
    },
  });

const logarithm = (of: fc.Arbitrary<number[]>): readonly Case[] => [
  law({
    op: 'logSoftmax',
    name: 'exponential-is-softmax',
    mistake: 'log(softmax(x)), which is −inf where the truth is −104',
    of,
    needs: { kernels: ['logSoftmax', 'softmax'], dtypes: ['float32'] },
    async holds(trial, x) {
      const [log, p] = [await solved(trial, 'logSoftmax', x), await solved(trial, 'softmax', x)];
      for (const [k, y] of log.entries()) {
        must(y <= 0, `a log-probability of ${y}`);
        // An error of y is a relative error of its exponential.
        const slack = (32 - 8 * y) * 2 ** -23 * Math.exp(y) + 2 ** -126;
        must(
          y === Number.NEGATIVE_INFINITY || Math.abs(Math.exp(y) - (p[k] as number)) <= slack,
          `exp(${y}) is not ${p[k]}`,
        );
      }
    },
  }),
];
