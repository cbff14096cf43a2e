import fc from 'fast-check';
import { must } from '../../judge/outputs.ts';
import type { Forward } from '../../operations/distribution.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { grid, law } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const solved = async ({ softmax }: Trial, op: Forward, x: readonly number[], temperature: number) => {
  const y = await softmax[op](shaped(x, [x.length], 'float32'), { temperature });
  const values = await read(y, 'float32', [x.length]);
  return op === 'logSoftmax' ? values.map(Math.exp) : values;
};

/** The least share that the likeliest can have, and the most that all can. */
export const lawsOfTemperature = (op: Forward): readonly Case[] => {
  const sign = op === 'softmin' ? -1 : 1;
  const top = (x: readonly number[]) => Math.max(...x.map((v) => sign * v));
  return [
    law({
      op,
      name: 'temperature-limits',
      mistake: 'T = 0 that is not the limit of small T, or T = +inf that of large T',
      of: grid,
      async holds(trial, x) {
        const ties = x.filter((v) => sign * v === top(x)).length;
        // Logits are 1/64 apart: at 1/8192 others are below e⁻¹²⁸.
        const limits = [
          [await solved(trial, op, x, 0), await solved(trial, op, x, 2 ** -13)],
          [await solved(trial, op, x, Number.POSITIVE_INFINITY), await solved(trial, op, x, 2 ** 40)],
        ] as const;
        for (const [limit, near] of limits)
          for (const [k, p] of limit.entries())
            must(Math.abs(p - (near[k] as number)) <= 2 ** -20, `${p} in the limit, ${near[k]} near it`);
        for (const [k, v] of x.entries()) {
          const wanted = sign * v === top(x) ? 1 / ties : 0;
          must(
            Math.abs((limits[0][0][k] as number) - wanted) <= 2 ** -22,
            `${limits[0][0][k]}, not ${wanted}`,
          );
        }
      },
    }),
    law({
      op,
      name: 'temperature-flattens',
      mistake: 'a temperature that sharpens, or that changes the order',
      of: fc.tuple(grid, fc.integer({ min: -8, max: 8 }), fc.integer({ min: 1, max: 6 })),
      async holds(trial, [x, e, more]) {
        const [sharp, flat] = [
          await solved(trial, op, x, 2 ** e),
          await solved(trial, op, x, 2 ** (e + more)),
        ];
        const [a, b] = [Math.max(...sharp), Math.max(...flat)];
        must(b <= a * (1 + 2 ** -18), `${a} at T = 2^${e}, ${b} at 2^${e + more}`);
        must(a >= (1 / x.length) * (1 - 2 ** -18), `the likeliest of ${x.length} has ${a}`);
      },
    }),
    law({
      op,
      name: 'bounds',
      mistake: 'a probability below 0 or above 1',
      of: grid,
      async holds(trial, x) {
        for (const p of await solved(trial, op, x, 1)) must(p >= 0 && p <= 1, `a probability of ${p}`);
      },
    }),
  ];
};
