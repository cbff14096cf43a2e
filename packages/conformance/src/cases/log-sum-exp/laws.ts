import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must } from '../../judge/outputs.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { grid, law, masked, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const op = 'logSumExp';
const solved = async (
  trial: Trial,
  x: readonly number[],
  shape: readonly number[] = [x.length],
  options = {},
) => read(await trial.softmax.logSumExp(shaped(x, shape, 'float32'), options), 'float32', shape.slice(0, -1));
const one = async (trial: Trial, x: readonly number[], options = {}): Promise<number> =>
  (await solved(trial, x, [x.length], options))[0] as number;

/** What level S1 allows, the loosest. */
const near = (a: number, b: number, size: number): boolean =>
  a === b || Math.abs(a - b) <= 8 * FORMATS.float32.eps * Math.max(1, size);

export const laws: readonly Case[] = [
  law({
    op,
    name: 'bounds',
    mistake: 'a sum below its largest term, or above n times it',
    of: rows,
    async holds(trial, x) {
      const [y, max] = [await one(trial, x), Math.max(...x)];
      const slack = 4 * FORMATS.float32.eps * Math.max(1, Math.abs(max));
      const inside = y >= max - slack && y <= max + Math.log(x.length) + slack;
      must(Number.isFinite(max) ? inside : y === max, `${y} for a maximum of ${max}`);
    },
  }),
  law({
    op,
    name: 'shift',
    mistake: 'a constant that is lost or counted twice',
    of: fc.tuple(grid, fc.integer({ min: -1000, max: 1000 })),
    async holds(trial, [x, c]) {
      const [y, shifted] = [
        await one(trial, x),
        await one(
          trial,
          x.map((v) => v + c),
        ),
      ];
      must(near(shifted, y + c, Math.abs(c) + 20), `${y} and ${shifted}`);
    },
  }),
  law({
    op,
    name: 'merging',
    mistake: 'a sum that cannot be split in two',
    of: fc.tuple(rows, rows),
    async holds(trial, [a, b]) {
      const parts = [await one(trial, a), await one(trial, b)];
      const [whole, merged] = [await one(trial, [...a, ...b]), await one(trial, parts)];
      must(near(whole, merged, Math.abs(whole)), `${whole} at once, ${merged} in two parts`);
    },
  }),
  law({
    op,
    name: 'masking-removes',
    mistake: 'a mask that is anything else than the terms taken away',
    of: masked(rows),
    async holds(trial, [x, mask]) {
      const left = x.filter((_, k) => mask[k]);
      const y = await one(trial, x, { mask });
      const wanted = left.length ? await one(trial, left) : Number.NEGATIVE_INFINITY;
      must(near(y, wanted, Math.abs(wanted)), `${y}, without the masked ${wanted}`);
    },
  }),
  law({
    op,
    name: 'log-softmax-is-what-is-left',
    mistake: 'a normaliser that is not the one of log-softmax',
    of: grid,
    needs: { kernels: ['logSumExp', 'logSoftmax'], dtypes: ['float32'] },
    async holds(trial, x) {
      const lse = await one(trial, x);
      const log = await read(await trial.softmax.logSoftmax(shaped(x, [x.length], 'float32')), 'float32', [
        x.length,
      ]);
      for (const [k, v] of x.entries())
        must(near(log[k] as number, v - lse, 40), `${v} − ${lse} is not ${log[k]}`);
    },
  }),
];

export const lawsGrad: readonly Case[] = [
  law({
    op: 'logSumExpGrad',
    name: 'is-softmax',
    mistake: 'a gradient that is not a distribution times dy',
    of: fc.tuple(grid, fc.integer({ min: -8, max: 8 })),
    needs: { kernels: ['logSumExpGrad', 'softmax'], dtypes: ['float32'] },
    async holds(trial, [x, dy]) {
      const [input, shape] = [shaped(x, [x.length], 'float32'), [x.length]];
      const dx = await read(
        await trial.softmax.logSumExpGrad(input, shaped([dy], [], 'float32')),
        'float32',
        shape,
      );
      const p = await read(await trial.softmax.softmax(input), 'float32', shape);
      for (const [k, v] of p.entries())
        must(
          Math.abs((dx[k] as number) - dy * v) <= 2 ** -17 * Math.abs(dy) * v,
          `${dx[k]} is not ${dy}·${v}`,
        );
    },
  }),
];
