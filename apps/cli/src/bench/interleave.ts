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
  /**
   * Milliseconds of a turn, at least one call, after a quarter as many calls that do not count: those find caches that the
   * others left cold (onnxruntime-node's first call of 32×1000 after a pause took 200 µs and its sixth 17).
   */
  readonly turn: number;
  readonly rounds: number;
  /** Milliseconds after which a slow contender sits out what rounds are left, three played. */
  readonly budget: number;
}

export const PACE: Pace = { warmUp: 500, turn: 10, rounds: 25, budget: 1000 };

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

/** Microseconds of a call. */
export interface Turns {
  /** Without turns: at the end of warming up, in a loop of its own. */
  readonly alone: number;
  /** By round; fewer where the budget ended. */
  readonly times: readonly number[];
}

/** Lets the contenders take turns, so that a change of the machine's speed meets them all alike. */
export async function interleave(contenders: readonly Contender[], pace: Pace): Promise<Turns[]> {
  const entered: { turn: Contender['turn']; count: number; spent: number; alone: number; times: number[] }[] =
    [];
  for (const { turn } of contenders) {
    const each = await warm(turn, pace.warmUp);
    const count = Math.max(1, Math.ceil(pace.turn / Math.max(each, 1e-5)));
    entered.push({ turn, count, spent: 0, alone: each * 1000, times: [] });
  }
  for (let round = 0; round < pace.rounds; round++)
    for (const each of entered) {
      const { turn, count } = each;
      if (round >= 3 && each.spent > pace.budget) continue;
      if (count >= 4) await turn(Math.floor(count / 4));
      const milliseconds = await turn(count);
      each.spent += milliseconds;
      each.times.push((milliseconds * 1000) / count);
    }
  return entered.map(({ alone, times }) => ({ alone, times }));
}

/** Warms up, and says how many milliseconds a call takes: by the last quarter, which is faster than the first calls. */
async function warm(turn: Contender['turn'], warmUp: number): Promise<number> {
  let [calls, spent, each] = [1, 0, 0];
  do {
    const milliseconds = await turn(calls);
    spent += milliseconds;
    each = milliseconds / calls;
    calls = Math.max(1, Math.min(calls * 2, Math.ceil(warmUp / 4 / Math.max(each, 1e-5))));
  } while (spent < warmUp);
  return each;
}

/** How many times as long one takes as the other, round by round, so that a slow spell meets both. */
export const ratioOf = (times: readonly number[], against: readonly number[]): Distribution =>
  distributionOf(times.slice(0, against.length).map((time, round) => time / (against[round] as number)));
