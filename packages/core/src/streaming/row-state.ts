import { type Double, double, plus, times } from '../cpu/arithmetic/double-double.ts';
import { powerOf } from '../cpu/arithmetic/log-of-sum.ts';
import type { HostInput } from '../input/host-input.ts';
import { hostFloats } from '../input/input.ts';
import { inRange } from '../lowering/options.ts';
import { type LogSumExpState, logSumExpState, type Mergeable } from './log-sum-exp-state.ts';

/** One logit of a row. */
export interface Logit {
  readonly x: number;
  /** The class of the logit, counted over the whole row. */
  readonly index: number;
  /** True for the logit of the target. Default: false. */
  readonly target?: boolean;
}

/**
 * The state of a part of a row of logits, from which the loss, entropy and argmax of the whole row
 * follow. Sums are relative to `max`; each has a low word beside it, so it does not drift as the
 * maximum changes.
 */
export interface RowState extends LogSumExpState {
  /** The number of pushed classes. A masked class is not pushed. */
  readonly count: number;
  /** 2⁻⁶⁴·Σ (x − max): the sum itself may be out of range where the mean is not. */
  readonly below: number;
  readonly belowLost: number;
  /** Σ e^(x − max)·(x − max). */
  readonly weighted: number;
  readonly weightedLost: number;
  /** The first class with the maximum; −1 for none. */
  readonly argmax: number;
  /** The logit of the target, if this part contains it. */
  readonly target?: number | undefined;
}

export interface RowValue {
  readonly logSumExp: number;
  /** −Σ p·log p, in nats. */
  readonly entropy: number;
  /** The first class with the largest logit; −1 if there is none (only −inf) or a NaN. */
  readonly argmax: number;
  /** −Σ q·log p; undefined without a target. */
  readonly crossEntropy: number | undefined;
}

export interface RowStateOf extends Mergeable<RowState, Logit, RowValue> {
  /**
   * Returns the state of consecutive classes that start at class `offset`; `label` is the class of
   * the target.
   */
  readonly of: (values: ArrayLike<number>, offset?: number, label?: number) => RowState;
  /**
   * @param labelSmoothing α in [0, 1]: q = (1 − α)·target + α/K over the K classes that were
   * pushed. Default: 0.
   */
  readonly value: (state: RowState, labelSmoothing?: number) => RowValue;
}

const MINUS = Number.NEGATIVE_INFINITY;
/**
 * The unit of `below`. What its smallest values lack is nothing beside log Σ e^(x − max), then at
 * least log 2.
 */
const UNIT = 2 ** 64;

/** Returns the part's sums relative to another maximum, at least as large as its own. */
function relativeTo(max: number, s: RowState): { readonly below: Double; readonly weighted: Double } {
  const below = { high: s.below, low: s.belowLost };
  if (s.max === MINUS) return { below, weighted: double(0) };
  const shift = plus(double(s.max), double(-max));
  const far = plus(double(s.max / UNIT), double(-max / UNIT));
  const e = powerOf(double(s.max), double(max));
  const total = plus(double(1), { high: s.rest, low: s.lost });
  return {
    below: plus(below, times(double(s.count), far)),
    weighted:
      e.high === 0
        ? double(0)
        : times(e, plus({ high: s.weighted, low: s.weightedLost }, times(shift, total))),
  };
}

/**
 * A row of logits in mergeable parts, for classes that are sharded over workers or devices. Each
 * worker builds the state of its shard. The merged state gives log-sum-exp, cross-entropy
 * (also smoothed), entropy and argmax of the whole row.
 * All terms of a sum, relative to the maximum, have one sign, so nothing cancels, however large the
 * logits.
 *
 * @throws {SoftmaxError} INVALID_OPTION: `labelSmoothing` outside [0, 1]
 * @see M. Shoeybi et al., "Megatron-LM", 2019, arXiv 1909.08053, §3 (sharded cross-entropy)
 * @example
 * ```ts
 * const left = rowState.of([1, 2], 0, 2);
 * const right = rowState.of([3], 2, 2);
 * rowState.value(rowState.merge(left, right)).crossEntropy; // 0.4076059644443…
 * rowState.value(rowState.merge(left, right), 0.1).crossEntropy; // 0.5076059644443…
 * rowState.value(rowState.merge(right, left)).argmax; // 2
 * ```
 */
export const rowState: RowStateOf = {
  identity: {
    ...logSumExpState.identity,
    count: 0,
    below: 0,
    belowLost: 0,
    weighted: 0,
    weightedLost: 0,
    argmax: -1,
  },
  push: (state, { x, index, target }) =>
    rowState.merge(state, {
      max: x,
      rest: 0,
      lost: 0,
      count: 1,
      weighted: 0,
      weightedLost: 0,
      belowLost: 0,
      below: x === MINUS ? MINUS : 0,
      argmax: x > MINUS ? index : -1,
      target: target ? x : undefined,
    }),
  merge: (a, b) => {
    const sum = logSumExpState.merge(a, b);
    const [left, right] = [relativeTo(sum.max, a), relativeTo(sum.max, b)];
    const below = plus(left.below, right.below);
    const weighted = plus(left.weighted, right.weighted);
    const [first, second] = a.argmax < 0 || (b.argmax >= 0 && b.argmax < a.argmax) ? [b, a] : [a, b];
    return {
      max: sum.max,
      rest: sum.rest,
      lost: sum.lost,
      count: a.count + b.count,
      below: below.high,
      belowLost: below.low,
      weighted: weighted.high,
      weightedLost: weighted.low,
      argmax: first.max === sum.max ? first.argmax : second.max === sum.max ? second.argmax : -1,
      target: a.target ?? b.target,
    };
  },
  of: (values, offset = 0, label) => {
    const { data } = hostFloats(values as HostInput, 'values', 'float64');
    let state = rowState.identity;
    for (let k = 0; k < data.length; k++)
      state = rowState.push(state, {
        x: data[k] as number,
        index: offset + k,
        target: offset + k === label,
      });
    return state;
  },
  value: (state, labelSmoothing = 0) => {
    const a = inRange('labelSmoothing', labelSmoothing, 0, 1);
    const { max, rest, lost, count, below, weighted, argmax, target } = state;
    const finite = Number.isFinite(max);
    const log = finite ? Math.log1p(rest + lost) : Number.NaN;
    // Of a distance in UNIT: share·distance may be in range where the distance is not.
    const part = (share: number, distance: number) =>
      share === 0 ? 0 : share * log + share * distance * UNIT;
    const apart = max / UNIT - (target ?? max) / UNIT;
    return {
      logSumExp: logSumExpState.value(state),
      entropy: log - weighted / (1 + rest + lost),
      argmax,
      crossEntropy: target === undefined ? undefined : part(1 - a, apart) + part(a, -below / count),
    };
  },
};
