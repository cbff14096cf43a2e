import { exponentials } from '../cpu/arithmetic/exponentials.ts';
import { Sum } from '../cpu/arithmetic/sum.ts';
import { SoftmaxError, typedError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import { inRange, known } from '../lowering/options.ts';
import { type LabelledRowsOptions, labelledRows } from './labelled-rows.ts';

export interface CalibrationErrorOptions extends LabelledRowsOptions {
  /**
   * M, the number of bins ((m − 1)/M, m/M] of equal width; the first one also holds 0. Default: 15.
   */
  readonly bins?: number;
  /** The first argument holds logits instead of probabilities. Default: false. */
  readonly logits?: boolean;
  /** The temperature of the logits, in [0, +∞]. Default: 1. */
  readonly temperature?: number;
}

export interface CalibrationError {
  /** Σ count/N·|accuracy − confidence| over the bins. */
  readonly ece: number;
  /** The largest |accuracy − confidence| of a bin that is not empty. */
  readonly mce: number;
  /**
   * Data for a reliability diagram: the mean confidence and the share of correct answers; NaN in an
   * empty bin.
   */
  readonly bins: readonly {
    readonly confidence: number;
    readonly accuracy: number;
    readonly count: number;
  }[];
}

/**
 * Computes the expected calibration error: the distance between the largest probability of a row
 * and the share of rows in which it is correct. The answer of a row is its first maximum.
 *
 * @param input probabilities (or logits with `logits: true`) of any shape, on the host, the classes
 * along `axis`
 * @param labels the class of each row, as in `crossEntropy`
 * @throws {SoftmaxError} INVALID_INPUT: a probability outside [0, 1], a row without a possible
 * class; otherwise as `fitTemperature`
 * @see M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using
 * Bayesian Binning", 2015
 * @example
 * ```ts
 * expectedCalibrationError([[0.75, 0.25], [0.75, 0.25]], [0, 1]).ece; // 0.25
 * expectedCalibrationError([[0, 0], [0, 0]], [0, 1], { logits: true }).ece; // 0
 * ```
 */
export function expectedCalibrationError(
  input: HostInput,
  labels: HostInput,
  options: CalibrationErrorOptions = {},
): CalibrationError {
  try {
    return errorOf(input, labels, options);
  } catch (error) {
    throw typedError(error, 'arguments');
  }
}

function errorOf(input: HostInput, labels: HostInput, options: CalibrationErrorOptions): CalibrationError {
  known(options, ['axis', 'ignoreIndex', 'bins', 'logits', 'temperature']);
  const { bins: M = 15, logits = false } = options;
  if (!Number.isInteger(inRange('bins', M, 1, 2 ** 24)))
    throw new SoftmaxError('INVALID_OPTION', 'bins', M, 'an integer');
  if (options.temperature !== undefined && !logits)
    throw new SoftmaxError('INVALID_OPTION', 'temperature', options.temperature, 'none without logits: true');
  const temperature = inRange('temperature', options.temperature ?? 1, 0, Number.POSITIVE_INFINITY);
  const rows = labelledRows(input, labels, options);
  const bins = Array.from({ length: M }, () => ({ confidence: new Sum(), right: 0, count: 0 }));
  rows.each((x, label, at) => {
    if (!logits) for (const p of x) if (!(p >= 0 && p <= 1)) throw refused(p, 'probabilities in [0, 1]');
    const { max, rest } = logits ? exponentials(x, temperature) : { max: 0, rest: 0 };
    if (max === Number.NEGATIVE_INFINITY) throw refused(max, 'rows with a possible class');
    const confidence = logits ? 1 / (1 + rest) : (x[at] as number);
    // The product may round across a bin edge m/M.
    let m = Math.max(Math.ceil(confidence * M), 1);
    if (m > 1 && confidence <= (m - 1) / M) m--;
    else if (confidence > m / M) m++;
    const bin = bins[m - 1] as (typeof bins)[0];
    bin.confidence.add(confidence);
    bin.right += label === at ? 1 : 0;
    bin.count++;
  });
  const means = bins.map(({ confidence, right, count }) => ({
    confidence: confidence.value / count,
    accuracy: right / count,
    count,
  }));
  const gaps = means.filter(({ count }) => count > 0);
  const ece = new Sum();
  for (const { confidence, accuracy, count } of gaps)
    ece.add((count / rows.count) * Math.abs(accuracy - confidence));
  const mce = gaps.reduce(
    (most, { confidence, accuracy }) => Math.max(most, Math.abs(accuracy - confidence)),
    Number.NEGATIVE_INFINITY,
  );
  return { ece: ece.value, mce, bins: means };
}

const refused = (value: number, allowed: string) => new SoftmaxError('INVALID_INPUT', 'x', value, allowed);
