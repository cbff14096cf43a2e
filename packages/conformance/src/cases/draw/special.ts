import type { FloatType } from '@softmax/core';
import { type Draw, type Drawing, draw } from '../../operations/draw.ts';
import { caseOf } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { plain } from '../distribution/places.ts';
import { noisy } from '../gumbel/noisy.ts';
import { random, seedOf } from '../random.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const LENGTHS = [1, 2, 3, 5, 8, 17, 64, 129, 1000];

function* rows(trial: Trial, op: Draw): Iterable<Drawing> {
  const next = random(seedOf(trial.seed, 'draws'));
  for (const n of trial.quick ? LENGTHS.filter((_, k) => k % 3 === 1) : LENGTHS) {
    const x = Array.from({ length: 3 }, () => plain(n, next)).flat();
    const mask = x.map((_, k) => k % n === n >> 1 || next() < 0.7);
    const given = { x, shape: [3, n], where: `n = ${n}` };
    yield* noisy(
      trial,
      op === 'sample' ? [given] : [1, n >> 1, n - 1, n].flatMap((k) => (k ? [{ ...given, k }] : [])),
    );
    yield* noisy(trial, [{ ...given, mask, x: x.map((v, k) => (mask[k] ? v : nan)), where: `masked, ${n}` }]);
    yield* noisy(trial, [
      { ...given, mask, x: x.map((v, k) => (mask[k] ? v : 1000)), where: `masked and largest, ${n}` },
    ]);
    yield* noisy(trial, [{ ...given, x: x.map((v, k) => (mask[k] ? v : -inf)), where: `−inf, ${n}` }]);
    yield* noisy(
      trial,
      [0, 0.25, 4].map((temperature) => ({ ...given, temperature, where: `T, ${n}` })),
    );
  }
}

const EDGES: readonly Drawing[] = [
  { x: [2 ** 24, 2 ** 24], noise: [0.25, 0.75], where: 'a sum of more than 24 bits' },
  { x: [1e6, 1e6 + 1], noise: [1.03125, 0.0078125], where: 'a difference of 1/64 near 1e6' },
  { x: [1, 2, 2, 1, 2], noise: [1, 0, 0, 1, 0], where: 'equal sums: the first' },
  { x: [3e38, -3e38, 3e38], noise: [0, 5, 1], where: 'noise that is rounded away' },
  { x: [-3e38, -inf, -3e38], noise: [0, 5, 1], where: 'the lowest numbers' },
  { x: [0, -0], noise: [-0, 0], where: '−0' },
];

export const special = (op: Draw): readonly Case[] =>
  (['float32', 'float64', 'float16'] as const).flatMap((dtype: FloatType) => [
    caseOf(draw(op), {
      category: 'special',
      name: 'edges',
      mistake: 'x + g rounded to float32, the last of equal sums, or a max that starts at some number',
      dtype,
      examples: EDGES.flatMap((edge) => {
        if (dtype === 'float16' && edge.x.some((v) => Math.abs(v) > 65504 && v !== -inf)) return [];
        const k = edge.x.filter((v) => v > -inf).length;
        return op === 'sample'
          ? [{ ...edge, dtype }]
          : [
              { ...edge, dtype },
              { ...edge, dtype, k },
            ];
      }),
    }),
    caseOf(draw(op), {
      category: 'accuracy',
      name: 'rows-by-their-noise',
      mistake: 'a class that is masked, or not at the largest x + T·g, or a heap that loses one',
      dtype,
      *examples(trial) {
        for (const row of rows(trial, op)) yield { ...row, dtype };
      },
    }),
  ]);
