import { forward as crossEntropy, backward as crossEntropyBackward } from '../operations/cross-entropy.ts';
import { backward, forward, type LogitsAndCotangent } from '../operations/distribution.ts';
import { draw } from '../operations/draw.ts';
import { forward as entmaxLoss, backward as entmaxLossBackward } from '../operations/entmax-loss.ts';
import { forward as gumbel, backward as gumbelBackward } from '../operations/gumbel.ts';
import { lossGrad } from '../operations/hierarchical-loss.ts';
import { backward as nllBackward, forward as nllLoss } from '../operations/nll-loss.ts';
import { type Operation, specialsOf } from '../operations/operation.ts';
import { backward as softBackward, forward as softCrossEntropy } from '../operations/soft-cross-entropy.ts';
import type { Case } from '../plan/case.ts';

const { NaN: nan, NEGATIVE_INFINITY: impossible } = Number;

const negativeZero = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  examples: readonly E[],
  name = 'negative-zero-in-options',
): readonly Case[] =>
  specialsOf(operation, [
    { name, mistake: 'x/−0, an infinity of the wrong sign: −0 is 0 in every option', examples },
  ]);

const X = [1, 2, 0.5, -1, 2, 2];
const rows: readonly LogitsAndCotangent[] = [
  { x: X, temperature: -0 },
  { x: X, shape: [3, 2], temperature: [-0, 1, 0] },
  { x: X, shape: [3, 2], axis: 0, temperature: [-0, 0.5] },
  { x: X, sink: -0 },
  { x: X, shape: [3, 2], sink: [-0, 0, impossible], temperature: -0 },
  { x: X, softcap: 3, temperature: -0 },
  { x: [5e-324, -0, 0], temperature: -0 },
].map((each) => ({ ...each, dy: [1, -2, 0.5, 3, 1, -1].slice(0, each.x.length) }));

/** A row of weight −0 is not read. */
const weighted = { x: [-1, -2, nan, -3], shape: [2, 2], target: [1, 0], tokenWeight: [2, -0] };
const classed = { x: [impossible, -1, -2, -0.5, -1, -3], shape: [2, 3], target: [1, 2], weight: [-0, 1, 2] };
const labelled = [weighted, { ...weighted, labelSmoothing: -0 }, classed, { ...classed, labelSmoothing: -0 }];
const likely = [
  { x: X, shape: [2, 3], probabilities: [-0, 0.5, 0.5, 1, -0, 0], labelSmoothing: -0, zLoss: -0 },
  { x: [1, 2, nan, 3], shape: [2, 2], probabilities: [0.5, 0.5, 1, 0], tokenWeight: [1, -0] },
  { x: [impossible, 1, 2], probabilities: [0.5, 0.25, 0.25], weight: [-0, 1, 2] },
];
const noise = [0.5, -0, 1, 2, 0.25, -1];
const perturbed = [
  { x: X, noise, temperature: -0 },
  { x: X, noise, temperature: -0, hard: true },
];

/** −0 wherever a number is an option. */
export const negativeZeros: readonly Case[] = [
  ...(['softmax', 'softmin', 'logSoftmax'] as const).flatMap((op) => [
    ...negativeZero(
      forward(op),
      rows.map(({ dy: _, ...row }) => row),
    ),
    ...negativeZero(backward(`${op}Grad`), rows),
  ]),
  ...negativeZero(gumbel, perturbed),
  ...negativeZero(gumbelBackward, perturbed),
  ...negativeZero(draw('sample'), [{ x: X, noise, temperature: -0 }]),
  ...[crossEntropy, crossEntropyBackward].flatMap((operation) =>
    negativeZero(operation, [...labelled, ...labelled.map((each) => ({ ...each, zLoss: -0 }))]),
  ),
  ...[softCrossEntropy, softBackward].flatMap((operation) =>
    negativeZero(operation, likely, 'probabilities-negative-zero-in-options'),
  ),
  ...[nllLoss, nllBackward].flatMap((operation) => negativeZero(operation, labelled)),
  ...[entmaxLoss('entmaxLoss', 1.5), entmaxLossBackward('entmaxLossGrad', 1.5)].flatMap((operation) =>
    negativeZero(operation, [weighted]),
  ),
  ...negativeZero(lossGrad, [
    { h: [1, nan], weight: [1.5, -0.5], tree: [[0, 1], 2], target: [0, 2], tokenWeight: [1, -0], dy: -0 },
  ]),
];
