import { backward as crossEntropy } from '../operations/cross-entropy.ts';
import { backward as distribution, type LogitsAndCotangent } from '../operations/distribution.ts';
import { backward as gumbel } from '../operations/gumbel.ts';
import { backward as logAddExp } from '../operations/log-add-exp.ts';
import { backward as logCumSumExp } from '../operations/log-cum-sum-exp.ts';
import { backward as logSumExp, meanBackward } from '../operations/log-sum-exp.ts';
import { caseOf, type Operation } from '../operations/operation.ts';
import { backward as signedLogSumExp } from '../operations/signed-log-sum-exp.ts';
import { backward as softCrossEntropy } from '../operations/soft-cross-entropy.ts';
import type { Case } from '../plan/case.ts';

const dtype = 'float64';

const faintOf = <E extends { readonly where?: string }>(
  operation: Operation<E>,
  examples: readonly E[],
  name = 'faint-probabilities',
): Case =>
  caseOf(operation, {
    category: 'special',
    name,
    mistake:
      'a subnormal probability times a large cotangent, weight or 1/T: only some of its bits are there',
    dtype,
    examples: examples.map((example) => ({ ...example, dtype })),
  });

/** Rows whose last entries have a probability below the normal numbers of float64, or below all. */
const ROWS: readonly (readonly [x: readonly number[], size: number])[] = [
  [[0, -740], 1e300],
  [[0, -720.5, -744.25], 1e300],
  [[0, -800], 1e300],
  [[1000, 260, 270.5, 300], 1e290],
  [[-1000, -1740, -1735.25], -1e300],
  [[2, -738, 2, -1400], 1e305],
];
const isFaint = (x: readonly number[], k: number) => (x[k] as number) < Math.max(...x) - 600;

const rows: readonly LogitsAndCotangent[] = [
  ...ROWS.map(([x, size]) => ({ x, dy: x.map((_, k) => (isFaint(x, k) ? size / (k + 1) : k)) })),
  ...ROWS.map(([x, size]) => ({ x, dy: x.map((_, k) => size / (k + 2)) })),
  { x: [0, -740], dy: [0, 1], temperature: 1, softcap: 1e4 },
  { x: [0, -7.4e-298], dy: [0, 1], temperature: 1e-300 },
  { x: [0, -7.4e-298, -7e-298], dy: [1, 1e-3, 2], temperature: 1e-300 },
  { x: [0, -740, -5], dy: [0, 1e300, 1e300], mask: [true, true, false] },
  { x: [0, -740], dy: [0, 1e300], sink: 1 },
];

const terms = ROWS.map(([x, size]) => ({ x, dy: [size] }));
/** The weight of a row is the size; its target is neither faint nor the likeliest. */
const LABELLED = ROWS.map(([row, size]) => {
  const x = [...row, Math.max(...row) - 1];
  const weights = { tokenWeight: [1e20], denominator: 1e20 / Math.abs(size), dy: Math.sign(size) };
  return { x, shape: [1, x.length], target: [row.length], ...weights };
});

/** Gradients with a product of which one factor is an exponential below float64's normal numbers. */
export const faint: readonly Case[] = [
  ...(['softmaxGrad', 'softminGrad', 'logSoftmaxGrad'] as const).map((op) =>
    faintOf(
      distribution(op),
      op === 'softminGrad' ? rows.map((row) => ({ ...row, x: row.x.map((v) => -v) })) : rows,
    ),
  ),
  faintOf(
    gumbel,
    rows.map((row) => ({
      x: row.x,
      dy: row.dy,
      noise: row.x.map((_, k) => 0.25 * (k % 3)),
    })),
  ),
  faintOf(logSumExp, terms),
  faintOf(meanBackward, terms),
  faintOf(
    signedLogSumExp,
    terms.map(({ x, dy }) => ({ x, dy, b: x.map((_, k) => (k % 2 ? -0.75 : 1.5)) })),
    'signed-faint-probabilities',
  ),
  faintOf(logAddExp, [
    { a: [0, -740, 3, 1000, -5], b: [-740, 0, -800, 262.5, 715], dy: [1e300, 1e300, -1e305, 1e290, 1] },
  ]),
  faintOf(logCumSumExp, [
    { x: [0, -740, -739], dy: [1, 1e300, -2e300] },
    { x: [-740, 0, 1], dy: [1, 1e300, 2e300] },
    { x: [-800, -10, 0, -5], dy: [0, 0, 1e305, 1e300] },
  ]),
  faintOf(crossEntropy, LABELLED),
  faintOf(
    softCrossEntropy,
    LABELLED.map(({ target: _, ...row }) => ({
      ...row,
      probabilities: row.x.map((__, k) => (isFaint(row.x, k) ? 0 : 0.5)),
    })),
    'faint-probabilities-of-probabilities',
  ),
];
