import { type Double, double, plus, times } from '../cpu/arithmetic/double-double.ts';
import { logOfTotal, powerOf } from '../cpu/arithmetic/log-of-sum.ts';

/**
 * log Σ e^x of the pushed numbers, as three numbers: Σ e^x = e^max·(1 + rest + lost), 0 for
 * max = −inf.
 */
export interface LogSumExpState {
  readonly max: number;
  /** Σ e^(x − max) without the 1 of the largest term. */
  readonly rest: number;
  /** The low word of `rest`: 53 more bits. */
  readonly lost: number;
}

/** Functions on a state that can be built in parts, in any order and on any machine, and merged. */
export interface Mergeable<S, X, Y> {
  readonly identity: S;
  readonly push: (state: S, x: X) => S;
  readonly merge: (a: S, b: S) => S;
  readonly value: (state: S) => Y;
}

/** A mergeable state under the names of Apache Beam's CombineFn. */
export interface Combiner<S, X, Y> {
  readonly createAccumulator: () => S;
  readonly addInput: (accumulator: S, input: X) => S;
  readonly mergeAccumulators: (accumulators: Iterable<S>) => S;
  readonly extractOutput: (accumulator: S) => Y;
}

/**
 * The log-sum-exp of numbers that arrive one by one or in parts. Its state is an immutable value
 * (m, Σ e^(x − m)).
 * `push` adds a number, `merge` joins two states. Both are associative and commutative up to a
 * rounding error of 2⁻¹⁰⁴, however often the maximum changes. −inf adds nothing; +inf gives +inf;
 * NaN gives NaN.
 *
 * @see M. Milakov, N. Gimelshein, "Online normalizer calculation for softmax", 2018,
 * arXiv 1805.02867
 * @example
 * ```ts
 * const { identity, push, merge, value } = logSumExpState;
 * value(merge(push(identity, 1000), push(identity, 1000))); // 1000.6931471805599
 * ```
 */
export const logSumExpState: Mergeable<LogSumExpState, number, number> = {
  identity: { max: Number.NEGATIVE_INFINITY, rest: 0, lost: 0 },
  push: (state, x) => logSumExpState.merge(state, { max: x, rest: 0, lost: 0 }),
  merge: (a, b) => {
    const [high, low] = b.max > a.max || b.max !== b.max ? [b, a] : [a, b];
    if (!Number.isFinite(high.max)) return high;
    const term = times(powerOf(double(low.max), double(high.max)), plus(double(1), restOf(low)));
    const sum = plus(restOf(high), term);
    return { max: high.max, rest: sum.high, lost: sum.low };
  },
  value: (state) =>
    Number.isFinite(state.max) ? plus(double(state.max), logOfTotal(restOf(state))).high : state.max,
};

const restOf = ({ rest, lost }: LogSumExpState): Double => ({ high: rest, low: lost });

/**
 * Returns `createAccumulator`, `addInput`, `mergeAccumulators`, `extractOutput` for a mergeable
 * state.
 */
export const combiner = <S, X, Y>({
  identity,
  push,
  merge,
  value,
}: Mergeable<S, X, Y>): Combiner<S, X, Y> => ({
  createAccumulator: () => identity,
  addInput: push,
  mergeAccumulators: (states) => [...states].reduce(merge, identity),
  extractOutput: value,
});

/**
 * `logSumExpState` as an Apache Beam CombineFn.
 *
 * @see https://beam.apache.org/documentation/programming-guide/#combine
 * @example
 * ```ts
 * const { createAccumulator, addInput, mergeAccumulators, extractOutput } = logSumExpCombiner;
 * const parts = [Math.log(2), Math.log(6)].map((x) => addInput(createAccumulator(), x));
 * extractOutput(mergeAccumulators(parts)); // 2.079441541679835…
 * ```
 */
export const logSumExpCombiner: Combiner<LogSumExpState, number, number> =
  /* @__PURE__ */ combiner(logSumExpState);
