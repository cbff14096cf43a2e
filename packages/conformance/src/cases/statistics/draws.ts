import { gumbelNoise } from '@softmax/core';
import { chiSquare } from '../../judge/goodness-of-fit.ts';
import { must } from '../../judge/outputs.ts';
import { type Case, needs, type Trial, unmeasured } from '../../plan/case.ts';
import { byNoise, choices, type Drawer, type Draws, drawn } from './drawn.ts';

const inf = Number.POSITIVE_INFINITY;
const DRAWS = 20_000;
const LOGITS: { readonly [name: string]: readonly number[] } = {
  mixed: [0, 1, -inf, -1, 2, 0.5],
  equal: [3, 3, 3, 3, 3, 3, 3, 3],
  peaked: [0, 0, 9, 0, 0],
  steep: [50, 48, 47, -50, 40],
};
const weightsOf = (logits: readonly number[], temperature = 1): readonly number[] => {
  const max = Math.max(...logits);
  return logits.map((v) => Math.exp((v - max) / temperature));
};

const statistic = (op: Drawer, name: string, mistake: string, run: (trial: Trial) => Promise<void>): Case =>
  unmeasured({ category: 'statistics', op, name, mistake, needs: needs(op) }, run);

const MISTAKE =
  'frequencies of another distribution: one draw for all rows, T upside down, draws with replacement';

/** The frequency of each choice, by χ². */
const frequencies = (op: Drawer, name: string, given: Omit<Draws, 'count'>): Case =>
  statistic(op, `chi-square-${name}`, MISTAKE, async (trial) => {
    const { k = 1, logits, options } = given;
    const found = await drawn(trial, op, { ...given, count: DRAWS });
    // A hard Gumbel-softmax is one-hot at the largest x + g, whatever its temperature.
    const temperature = op === 'gumbelSoftmax' ? 1 : options.temperature;
    chiSquare(
      found.map((classes) => classes.join()),
      choices(weightsOf(logits, temperature), k),
    );
  });

/** How often each class is among k, by its own binomial variance: 4.5 of its deviations. */
const inclusions = (k: number): Case =>
  statistic(
    'sampleWithoutReplacement',
    `inclusion-of-${k}`,
    'a class that is among the drawn too often: draws with replacement, or of the largest logits',
    async (trial) => {
      const logits = LOGITS['mixed'] ?? [];
      const given = { logits, count: DRAWS, k, options: { seed: k } };
      const found = await drawn(trial, 'sampleWithoutReplacement', given);
      const orders = [...choices(weightsOf(logits), k)];
      for (const c of logits.keys()) {
        const p = orders.reduce((sum, [order, q]) => (order.split(',').includes(`${c}`) ? sum + q : sum), 0);
        const share = found.filter((classes) => classes.includes(c)).length / DRAWS;
        const deviation = Math.sqrt((p * (1 - p)) / DRAWS);
        must(Math.abs(share - p) <= 4.5 * deviation + 1e-12, `class ${c}: ${share}, expected ${p}`);
      }
    },
  );

/** Two draws that know nothing of each other: the frequency of each pair, by χ². */
const independence = (op: Drawer, name: string, mistake: string, other: Partial<Draws['options']>): Case =>
  statistic(op, `independent-${name}`, mistake, async (trial) => {
    const logits = [0, 0.5, 1, -0.5];
    const given = { logits, count: DRAWS, options: { seed: 11 } };
    const a = await drawn(trial, op, given);
    const rows = Object.keys(other).length === 0;
    const b = rows ? a.slice(1) : await drawn(trial, op, { ...given, options: { seed: 11, ...other } });
    const p = weightsOf(logits);
    const sum = p.reduce((x, y) => x + y, 0);
    const pairs = p.flatMap((u, i) => p.map((v, j) => [`${i},${j}`, (u * v) / sum ** 2] as const));
    // Of rows, every second pair: pairs that share a row are not independent.
    const first = rows ? a.filter((_, row) => row % 2 === 0) : a;
    const second = rows ? b.filter((_, row) => row % 2 === 0) : b;
    chiSquare(
      first.map(([own], row) => `${own},${second[row]?.[0]}`),
      new Map(pairs),
    );
  });

/** Class by class what the documented noise says, so the same on every backend. */
const sameNoise = (op: Drawer, seed: number | bigint, stream: number): Case =>
  statistic(
    op,
    `the-noise-of-seed-${seed}-stream-${stream}`,
    'noise of the backend itself, which no other backend has',
    async (trial) => {
      const logits = [0.25, 0, -0.5, 1, 0.75, -1, 0.5];
      const k = op === 'sampleWithoutReplacement' ? 4 : 1;
      const found = await drawn(trial, op, { logits, count: 500, k, options: { seed, stream } });
      const noise = gumbelNoise([500, logits.length], { seed, stream }).data;
      for (const [row, classes] of found.entries())
        must(classes.join() === byNoise(logits, noise, row, k).join(), `row ${row}: ${classes}`);
    },
  );

const DRAWERS: readonly Drawer[] = ['sample', 'sampleWithoutReplacement', 'gumbelSoftmax'];
const mixed = LOGITS['mixed'] ?? [];

export const draws: readonly Case[] = [
  ...DRAWERS.flatMap((op) => [
    ...(op === 'sampleWithoutReplacement' ? [1, 2, 3] : [1]).flatMap((k) =>
      [1, 0.5, 3].map((temperature, seed) => {
        const name = `${k === 1 ? '' : `of-${k}-`}at-temperature-${String(temperature).replace('.', '-')}`;
        return frequencies(op, name, { logits: mixed, k, options: { seed, temperature } });
      }),
    ),
    ...['equal', 'peaked', 'steep'].map((name) =>
      frequencies(op, `of-${name}-logits`, { logits: LOGITS[name] ?? [], options: { seed: 5 } }),
    ),
    frequencies(op, 'along-axis-0', { logits: mixed, across: true, options: { seed: 6 } }),
    independence(op, 'rows', 'a row whose noise is that of the row before', {}),
    independence(op, 'streams', 'a stream that is ignored', { stream: 1 }),
    independence(op, 'seeds', 'neighbouring seeds that give related noise', { seed: 12 }),
    ...(
      [
        [0, 0],
        [1, 7],
        [-1, 3],
        [0x123456789abcdef0n, 1],
      ] as const
    ).map(([seed, stream]) => sameNoise(op, seed, stream)),
  ]),
  ...[2, 3, 4].map(inclusions),
];
