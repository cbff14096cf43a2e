import fc from 'fast-check';
import { identical, must } from '../../judge/outputs.ts';
import { alphaOf, type Forward, forward } from '../../operations/entmax.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { grid, law, masked, rows } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const solved = async (
  trial: Trial,
  op: Forward,
  x: readonly number[],
  shape: readonly number[] = [x.length],
  options: object = {},
): Promise<Float64Array> =>
  read(await trial.softmax[op](shaped(x, shape, 'float32'), options), 'float32', shape);

const possible = rows.filter((x) => x.some(Number.isFinite));

/** What float32 may miss the conditions by. */
const SLACK = 2 ** -19;

export const laws = (op: Forward): readonly Case[] => [
  law({
    op,
    name: 'optimality',
    mistake: 'a point of the simplex that is not the one (Karush, Kuhn and Tucker)',
    of: possible,
    async holds(trial, x) {
      const p = await solved(trial, op, x);
      const sum = p.reduce((a, b) => a + b, 0);
      must(p.every((v) => v >= 0) && Math.abs(sum - 1) <= SLACK, `Σ p = ${sum}`);
      const s = alphaOf(op) - 1;
      // z − p^s/s is the threshold in the support, and nothing outside is above it; for hardmax, the maximum.
      const levels = x.map((v, k) => v - (s === Number.POSITIVE_INFINITY ? 0 : (p[k] as number) ** s / s));
      const threshold = Math.max(...levels.filter((_, k) => (p[k] as number) > 0));
      const slack = SLACK * Math.max(1, ...x.filter(Number.isFinite).map(Math.abs));
      for (const [k, level] of levels.entries()) {
        const fits = p[k] === 0 ? level <= threshold + slack : Math.abs(level - threshold) <= slack;
        must(fits, `[${k}]: ${level} for a threshold of ${threshold}`);
      }
    },
  }),
  law({
    op,
    name: 'shift',
    mistake: 'a result that changes when a constant is added to all',
    of: fc.tuple(grid, fc.integer({ min: -1000, max: 1000 })),
    async holds(trial, [x, c]) {
      await forward(op).judge(trial, { x: x.map((v) => v + c) }, `shifted by ${c}`);
      const [y, shifted] = [
        await solved(trial, op, x),
        await solved(
          trial,
          op,
          x.map((v) => v + c),
        ),
      ];
      for (const [k, v] of y.entries())
        must(Math.abs(v - (shifted[k] as number)) <= SLACK, `[${k}]: ${v} and ${shifted[k]}`);
    },
  }),
  law({
    op,
    name: 'order',
    mistake: 'a larger value with a smaller probability, or equal values that differ (but in hardmax)',
    of: possible,
    async holds(trial, x) {
      const p = await solved(trial, op, x);
      for (const [k, v] of x.entries())
        for (const [j, w] of x.entries()) {
          const [a, b] = [p[k] as number, p[j] as number];
          if (Math.fround(v) > Math.fround(w)) must(a >= b, `${a} for ${v}, ${b} for ${w}`);
          else if (v === w && op !== 'hardmax') must(Object.is(a, b), `${a} and ${b} for ${v}`);
        }
    },
  }),
  law({
    op,
    name: 'masking-removes',
    mistake: 'a mask that is anything else than the columns taken away',
    of: masked(possible),
    async holds(trial, [x, mask]) {
      const left = x.filter((_, k) => mask[k]);
      const y = await solved(trial, op, x, [x.length], { mask });
      const wanted = left.length ? await solved(trial, op, left) : [];
      must(
        identical(
          y.filter((_, k) => mask[k]),
          wanted,
        ),
        `${y}, without the masked ${wanted}`,
      );
      must(
        y.every((v, k) => mask[k] || v === 0),
        `${y} under ${mask}`,
      );
    },
  }),
];
