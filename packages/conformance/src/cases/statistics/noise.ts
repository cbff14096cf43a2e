import { gumbelNoise, uniform } from '@softmax/core';
import { chiSquare, kolmogorovSmirnov } from '../../judge/goodness-of-fit.ts';
import { outputs } from '../../judge/outputs.ts';
import { type Case, needs, unmeasured } from '../../plan/case.ts';

const COUNT = 20_000;
const none = { kernels: [], dtypes: [] };
const SEEDS: readonly (readonly [number | bigint, number])[] = [
  [0, 0],
  [1, 0],
  [-1, 2],
  [0x123456789abcdef0n, 4_294_967_295],
];
const named = (seed: number | bigint, stream: number): string =>
  `of-seed-${BigInt.asUintN(64, BigInt(seed))}-stream-${stream}`;

const logistic = (v: number): number => 1 / (1 + Math.exp(-v));

/** The noise itself, which is an input of every backend. */
const source: readonly Case[] = SEEDS.flatMap(([seed, stream]) => [
  unmeasured(
    {
      category: 'statistics',
      op: 'contract',
      name: `gumbel-noise-${named(seed, stream)}`,
      mistake: 'noise of log(−log(0)) (pytorch #22442, #101620), of another distribution, or too even',
      needs: none,
    },
    async () => {
      const { data } = gumbelNoise(COUNT, { seed, stream });
      kolmogorovSmirnov(Array.from(data), (g) => Math.exp(-Math.exp(-g)));
    },
  ),
  unmeasured(
    {
      category: 'statistics',
      op: 'contract',
      name: `uniform-${named(seed, stream)}`,
      mistake: 'leading bits that come too often',
      needs: none,
    },
    async () => {
      const cells = Array.from({ length: COUNT }, (_, k) => `${Math.floor(64 * uniform(seed, stream, k))}`);
      chiSquare(cells, new Map(Array.from({ length: 64 }, (_, k) => [`${k}`, 1 / 64])));
    },
  ),
]);

/** Two logits a apart: the first of softmax((x + g)/τ) is σ((a + L)/τ), L logistic as a difference of two Gumbels. */
const through: readonly Case[] = [
  [0, 1],
  [0, 0.25],
  [0, 4],
  [1.5, 1],
  [1.5, 0.5],
  [-2, 2],
].map(([a = 0, temperature = 1], seed) =>
  unmeasured(
    {
      category: 'statistics',
      op: 'gumbelSoftmax',
      name: `kolmogorov-smirnov-${seed}`,
      mistake: 'noise scaled, rounded or repeated on its way through the kernel',
      needs: needs('gumbelSoftmax'),
    },
    async ({ softmax }) => {
      const data = Float32Array.from({ length: 2 * COUNT }, (_, k) => (k % 2 === 0 ? a : 0));
      const [y] = await outputs(softmax.gumbelSoftmax({ data, shape: [COUNT, 2] }, { seed, temperature }));
      // The smaller of the two keeps its digits where the larger is rounded to 1.
      const values = Array.from({ length: COUNT }, (_, row) => {
        const [p, q] = [y?.data[2 * row] as number, y?.data[2 * row + 1] as number];
        return temperature * (Math.log(p) - Math.log(q)) - a;
      });
      kolmogorovSmirnov(values, logistic);
    },
  ),
);

export const noise: readonly Case[] = [...source, ...through];
