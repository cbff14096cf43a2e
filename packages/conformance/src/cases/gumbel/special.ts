import type { FloatType } from '@softmax/core';
import type { Logits } from '../../operations/distribution.ts';
import type { Perturbed } from '../../operations/gumbel.ts';
import { caseOf, type Operation } from '../../operations/operation.ts';
import type { Case, Trial } from '../../plan/case.ts';
import { omit } from '../../plan/omit.ts';
import { cotangentsOfAnySize } from '../cotangents.ts';
import { everyMask, everyPlace } from '../distribution/places.ts';
import { noisy } from './noisy.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
type Examples = (trial: Trial, dtype: FloatType) => Iterable<Perturbed>;

/** The rows alone, which is all that there is. */
const rows = (examples: Iterable<Logits>): Perturbed[] =>
  Array.from(examples, (each) => ({
    ...omit(each, 'temperature', 'sink', 'softcap', 'emptyRow'),
    noise: [],
  }));

const place =
  (value: number): Examples =>
  (trial, dtype) =>
    noisy(
      trial,
      rows(
        everyPlace(trial, dtype, (row, k) => {
          row[k] = value;
        }),
      ),
    );

const SPECIALS: readonly (readonly [name: string, mistake: string, examples: Examples])[] = [
  ['nan-at-every-place', 'NaN lost in a max, or spread to other rows', place(nan)],
  ['plus-infinity-at-every-place', '+inf that is chosen: the row is NaN', place(inf)],
  ['minus-infinity-at-every-place', '−inf that noise makes possible', place(-inf)],
  ['largest-numbers', 'x + g that overflows', place(3e38)],
  [
    'masked-at-every-place',
    'a masked value that is read, or whose noise is',
    (trial, dtype) => noisy(trial, rows(everyMask(trial, dtype, [nan, inf, -inf, 3e38, 1e9, -1]))),
  ],
  [
    'noise-against-minus-infinity',
    'an impossible class that is chosen because its noise is large',
    () => [
      { x: [-inf, 0, -inf], noise: [0, -3, 30] },
      { x: [0, -inf], noise: [-3.6, 36.7] },
      { x: [1, 9], noise: [0, 36], mask: [true, false] },
    ],
  ],
  [
    'nothing-possible',
    'a class chosen where there is none',
    () => [
      { x: [-inf, -inf], noise: [1, 2] },
      { x: [1, nan, 1, 2], noise: [1, 2, 3, 4], shape: [2, 2], mask: [false, false, true, true] },
      { x: [-inf, 5], noise: [1, 2], mask: [true, false] },
    ],
  ],
  [
    'ties',
    'ties that share in a hard sample, or of which the last wins',
    () => [
      { x: [0, 1, 1], noise: [0, 2, 2] },
      { x: [1, 0], noise: [0, 1] },
      { x: [2, 2, 2, 2], noise: [0.5, 0.5, 0.5, 0.5] },
    ],
  ],
  [
    'a-sum-of-more-than-24-bits',
    'x + g rounded to float32 before the maximum is subtracted',
    () => [
      { x: [2 ** 24, 2 ** 24], noise: [0.75, 0.25] },
      { x: [1e6, 1e6 + 1], noise: [1.03125, 0.0078125] },
      { x: [1000, 1000, 1000], noise: [2 ** -15, 0, -(2 ** -16)] },
    ],
  ],
  [
    'temperatures',
    'a temperature that divides the logits and not the noise, or before the maximum is subtracted',
    (trial) =>
      [0, 1e-6, 0.1, 0.5, 2, 1e6, inf].flatMap((temperature) => [
        ...noisy(trial, [{ x: [1, -2, 0.5, 3, 3, -inf], temperature, where: `T = ${temperature}` }]),
        { x: [0, 1, 1], noise: [0, 2, 2], temperature, where: `T = ${temperature}, a tie` },
      ]),
  ],
];

export const special = (operation: Operation<Perturbed>): readonly Case[] =>
  (['float32', 'float64'] as const).flatMap((dtype) =>
    SPECIALS.flatMap(([name, mistake, examples]) =>
      [false, true].map((hard) =>
        caseOf(operation, {
          category: 'special',
          name: hard ? `hard-${name}` : name,
          mistake,
          dtype,
          *examples(trial) {
            for (const example of examples(trial, dtype)) yield { ...example, dtype, hard };
          },
        }),
      ),
    ),
  );

export const cotangents = (operation: Operation<Perturbed>): readonly Case[] =>
  cotangentsOfAnySize(
    operation,
    'differences and sums of cotangents as they are: those of large ones overflow',
    (size, other): readonly Perturbed[] => [
      {
        x: [3, -2, 0.5, 1, 2, -1],
        noise: [0.5, 4, 1, -1, 0.25, 3],
        shape: [2, 3],
        dy: [...[1.9, -1.5, 1.9].map((v) => v * size), ...[1.3, -1.1, -1.9].map((v) => v * other)],
      },
    ],
  );
