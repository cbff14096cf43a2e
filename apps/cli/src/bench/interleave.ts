import type { Distribution } from './distribution.ts';
import { distributionOf } from './distribution.ts';

/** One way to solve the task. */
export interface Contender {
  readonly name: string;
  /** Solves it so many times over: milliseconds. Where it must be, in a process of its own. */
  readonly turn: (calls: number) => number | Promise<number>;
}

export interface Pace {
  /** Milliseconds of warming up each, at least one call. */
  readonly warmUp: number;
  /** Milliseconds of a turn, at least one call. One short call alone would find cold caches. */
  readonly turn: number;
  readonly rounds: number;
  /** Milliseconds after which a slow contender sits out what rounds are left, three played. */
  readonly budget: number;
}

export const PACE: Pace = { warmUp: 1000, turn: 10, rounds: 31, budget: 1500 };

/** Calls one after the other, without waiting in between. */
export const timed =
  (run: () => unknown) =>
  (calls: number): number => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) run();
    return performance.now() - start;
  };

/** The same for calls that are waited for. */
export const timedAsync =
  (run: () => unknown) =>
  async (calls: number): Promise<number> => {
    const start = performance.now();
    for (let call = 0; call < calls; call++) await run();
    return performance.now() - start;
  };

/**
 * Lets the contenders take turns, so that a change of the machine's speed meets them all alike: microseconds of a call,
 * by contender and round; fewer rounds where the budget ended.
 */
export async function interleave(contenders: readonly Contender[], pace: Pace): Promise<number[][]> {
  const calls: number[] = [];
  for (const each of contenders) calls.push(await warm(each, pace));
  const times: number[][] = contenders.map(() => []);
  const spent = contenders.map(() => 0);
  for (let round = 0; round < pace.rounds; round++)
    for (const [k, { turn }] of contenders.entries()) {
      if (round >= 3 && (spent[k] as number) > pace.budget) continue;
      const count = calls[k] as number;
      const milliseconds = await turn(count);
      spent[k] = (spent[k] as number) + milliseconds;
      times[k]?.push((milliseconds * 1000) / count);
    }
  return times;
}

/** Warms up, and says how many calls make a turn: by the last quarter, which is faster than the first calls. */
async function warm({ turn }: Contender, pace: Pace): Promise<number> {
  let [calls, spent, each] = [1, 0, 0];
  do {
    const milliseconds = await turn(calls);
    spent += milliseconds;
    each = milliseconds / calls;
    calls = Math.max(1, Math.min(calls * 2, Math.ceil(pace.warmUp / 4 / Math.max(each, 1e-5))));
  } while (spent < pace.warmUp);
  return Math.max(1, Math.ceil(pace.turn / Math.max(each, 1e-5)));
}

/** How many times as long one takes as the other, round by round, so that a slow spell meets both. */
export const ratioOf = (times: readonly number[], against: readonly number[]): Distribution =>
  distributionOf(times.slice(0, against.length).map((time, round) => time / (against[round] as number)));
