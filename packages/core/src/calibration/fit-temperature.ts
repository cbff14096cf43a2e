import { exp } from '../cpu/arithmetic/exp.ts';
import { negative, quotient, type Scaled, sumOf, toNumber } from '../cpu/arithmetic/scaled.ts';
import { ScaledSum, times } from '../cpu/arithmetic/scaled-sum.ts';
import { Sum } from '../cpu/arithmetic/sum.ts';
import { SoftmaxError, typedError } from '../errors.ts';
import type { HostInput } from '../input/host-input.ts';
import { inRange, known } from '../lowering/options.ts';
import { type LabelledRows, type LabelledRowsOptions, labelledRows } from './labelled-rows.ts';

export interface FitTemperatureOptions extends LabelledRowsOptions {
  /** The range of temperatures, [low, high]. Default: [0, Infinity]. */
  readonly range?: readonly [number, number];
  /** The maximum number of passes over the logits. Default: 100. */
  readonly maxIterations?: number;
  /** The search ends when the relative change of 1/T is below this. Default: 1e-10. */
  readonly tolerance?: number;
}

export interface TemperatureFit {
  /** The T with the lowest mean cross-entropy. */
  readonly temperature: number;
  /** The mean cross-entropy at T = 1 and at `temperature`, in nats. */
  readonly lossBefore: number;
  readonly lossAfter: number;
  /**
   * Set if the minimum lies at an end of the range, or beyond. 'low': every label is a largest
   * logit, so the loss falls all the way to T = 0, and the labels show only that T is small.
   * 'high': the logits are anti-correlated with the labels.
   */
  readonly bound: 'low' | 'high' | undefined;
  readonly converged: boolean;
  readonly iterations: number;
}

/** The mean cross-entropy at β = 1/T, and its first and second derivatives with respect to β. */
interface Descent {
  readonly loss: Scaled;
  readonly slope: Scaled;
  readonly curvature: Scaled;
  /** True if a label has logit −inf. */
  readonly impossible: boolean;
}

/** The loss l of a row without −β·d_y, E_p d and E_p d². */
interface Moments {
  readonly log: number;
  readonly mean: Scaled;
  readonly square: Scaled;
}

/**
 * With d = x − max x ≤ 0 and p = softmax(βx): l = log Σ e^{βd} − β·d_y, l′ = E_p d − d_y,
 * l″ = Var_p d.
 * The limits β = 0 and β = ∞ are exact: uniform over the possible classes, uniform over the maxima.
 */
function descent(rows: LabelledRows, beta: number): Descent {
  const [loss, slope, curvature] = [new ScaledSum(), new ScaledSum(), new ScaledSum()];
  let impossible = false;
  rows.each((x, label, at) => {
    const { log, mean, square } = moments(x, at, beta);
    const labelDistance = distance(x[label] as number, x[at] as number);
    impossible ||= x[label] === Number.NEGATIVE_INFINITY;
    loss.add(log);
    if (labelDistance.m !== 0) loss.add(-beta, labelDistance.m, labelDistance.e);
    for (const [sum, { m, e }] of [
      [slope, sumOf([mean, negative(labelDistance)])],
      [curvature, sumOf([square, negative(times(mean, mean))])],
    ] as const)
      sum.add(m, 1, e);
  });
  const mean = (sum: ScaledSum): Scaled => quotient(sum.value, { m: rows.count, e: 0 });
  return { loss: mean(loss), slope: mean(slope), curvature: mean(curvature), impossible };
}

/** Returns x − max, computed from halves if it overflows. */
function distance(x: number, max: number): Scaled {
  const d = x - max;
  const isOverflow = d === Number.NEGATIVE_INFINITY && x > Number.NEGATIVE_INFINITY;
  return isOverflow ? { m: x / 2 - max / 2, e: 1 } : { m: d, e: 0 };
}

function moments(x: Float64Array, at: number, beta: number): Moments {
  const max = x[at] as number;
  const [rest, first, second] = [new Sum(), new Sum(), new Sum()];
  let isWithin = true;
  for (let k = 0; k < x.length; k++) {
    const d = (x[k] as number) - max;
    if (d === Number.NEGATIVE_INFINITY) isWithin &&= x[k] === Number.NEGATIVE_INFINITY;
    if (k === at || d === Number.NEGATIVE_INFINITY) continue;
    const e = d === 0 ? 1 : exp(beta * d);
    rest.add(e);
    first.add(e * d);
    second.add(e * d * d);
  }
  const total = 1 + rest.value;
  const isSmall = second.value < 2 ** -900 && first.value !== 0;
  if (!isWithin || isSmall || !Number.isFinite(second.value)) return scaledMoments(x, at, beta);
  return {
    log: Math.log1p(rest.value),
    mean: { m: first.value / total, e: 0 },
    square: { m: second.value / total, e: 0 },
  };
}

/** Computes the moments if distances overflow, or their squares leave float64. */
function scaledMoments(x: Float64Array, at: number, beta: number): Moments {
  const [rest, first, second] = [new Sum(), new ScaledSum(), new ScaledSum()];
  for (let k = 0; k < x.length; k++) {
    if (k === at || x[k] === Number.NEGATIVE_INFINITY) continue;
    const { m: d, e: half } = distance(x[k] as number, x[at] as number);
    const e = d === 0 ? 1 : exp(beta * d * 2 ** half);
    rest.add(e);
    first.add(e, d, half);
    second.add(e * d, d, 2 * half);
  }
  const total = { m: 1 + rest.value, e: 0 };
  return {
    log: Math.log1p(rest.value),
    mean: quotient(first.value, total),
    square: quotient(second.value, total),
  };
}

/**
 * Temperature scaling: finds the T > 0 for which softmax(x/T) has the lowest mean cross-entropy
 * against the labels of held-out data. The loss is convex in β = 1/T. A Newton iteration in β stays
 * inside a bracket of the minimum. Arithmetic is float64.
 *
 * @param logits of any shape, on the host, the classes along `axis`
 * @param labels the class of each row, as in `crossEntropy`
 * @throws {SoftmaxError} INVALID_TARGET; EMPTY: no row counts; INVALID_INPUT: NaN or +inf;
 * INVALID_OPTION; INVALID_AXIS; INVALID_SHAPE
 * @see C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On Calibration of Modern Neural Networks",
 * 2017, arXiv 1706.04599
 * @example Two of three are right: 2/3 = sigmoid(4/T), T = 4/log 2
 * ```ts
 * fitTemperature([[4, 0], [4, 0], [4, 0]], [0, 0, 1]).temperature; // 5.7707801635558…
 * fitTemperature([[4, 0], [0, 4]], [0, 1]).bound; // "low"
 * ```
 */
export function fitTemperature(
  logits: HostInput,
  labels: HostInput,
  options: FitTemperatureOptions = {},
): TemperatureFit {
  try {
    return fitted(logits, labels, options);
  } catch (error) {
    throw typedError(error, 'arguments');
  }
}

function fitted(logits: HostInput, labels: HostInput, options: FitTemperatureOptions): TemperatureFit {
  known(options, ['axis', 'ignoreIndex', 'range', 'maxIterations', 'tolerance']);
  const { range = [0, Number.POSITIVE_INFINITY], maxIterations = 100, tolerance = 1e-10 } = options;
  const low = inRange('range[0]', range[0], 0, Number.POSITIVE_INFINITY);
  const high = inRange('range[1]', range[1], low, Number.POSITIVE_INFINITY);
  if (!Number.isInteger(inRange('maxIterations', maxIterations, 1, Number.MAX_SAFE_INTEGER)))
    throw new SoftmaxError('INVALID_OPTION', 'maxIterations', maxIterations, 'an integer');
  inRange('tolerance', tolerance, 0, 1);
  const rows = labelledRows(logits, labels, options);
  const before = descent(rows, 1);
  if (before.impossible)
    throw new SoftmaxError(
      'INVALID_TARGET',
      'labels',
      'a class with logit −inf',
      'classes that are possible',
    );

  let [left, right] = [1 / high, 1 / low];
  const result = (
    temperature: number,
    after: Scaled,
    bound?: 'low' | 'high',
    iterations = 0,
    converged = true,
  ): TemperatureFit => ({
    temperature,
    lossBefore: toNumber(before.loss),
    lossAfter: toNumber(after),
    bound,
    converged,
    iterations,
  });
  const hot = descent(rows, left);
  const cold = descent(rows, right);
  let beta = Math.min(Math.max(1, left), right);
  // Constant logits: all temperatures give the same loss.
  if (hot.slope.m === 0 && cold.slope.m === 0) return result(1 / beta, before.loss);
  if (cold.slope.m <= 0) return result(low, cold.loss, 'low');
  if (hot.slope.m >= 0) return result(high, hot.loss, 'high');

  let reach = 8;
  let isRising: boolean | undefined;
  for (let iteration = 1; ; iteration++) {
    const at = beta === 1 ? before : descent(rows, beta);
    if (at.slope.m < 0) left = beta;
    else right = beta;
    // If a Newton step leaves the bracket or goes too far, the geometric mean replaces it. The
    // allowed distance is squared after each step in one direction, so logits of any magnitude need
    // few steps.
    reach = at.slope.m < 0 === isRising ? Math.min(reach * reach, 2 ** 256) : 64;
    isRising = at.slope.m < 0;
    const [least, most] = [
      Math.max(left, beta / reach, Number.MIN_VALUE),
      Math.min(right, beta * reach, Number.MAX_VALUE),
    ];
    const newton = beta - toNumber(quotient(at.slope, at.curvature));
    const next = newton >= least && newton <= most ? newton : Math.sqrt(least) * Math.sqrt(most);
    const converged = Math.abs(next - beta) <= tolerance * beta;
    if (converged || iteration >= maxIterations)
      return result(1 / (converged ? next : beta), at.loss, undefined, iteration, converged);
    beta = next;
  }
}
