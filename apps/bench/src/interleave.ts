/** One way to solve the task, called again and again. */
export interface Contender {
  readonly name: string;
  readonly run: () => unknown;
}

export interface Timing {
  readonly name: string;
  /** Microseconds of one call. */
  readonly median: number;
  /** The quartiles of the calls, microseconds. */
  readonly quartiles: readonly [number, number];
}

/** A round calls each contender for this long, milliseconds, and keeps the mean: one call alone would find cold caches. */
const TURN = 10;

/** Lets the contenders take turns, so that a change of the machine's speed meets them all alike. Warms up for a second each. */
export function interleave(contenders: readonly Contender[], rounds: number): Timing[] {
  const calls = contenders.map(({ run }) => Math.ceil((callsIn(1000, run) * TURN) / 1000));
  const times = contenders.map(() => new Float64Array(rounds));
  for (let round = 0; round < rounds; round++)
    for (const [k, { run }] of contenders.entries()) {
      const count = calls[k] as number;
      const start = performance.now();
      for (let call = 0; call < count; call++) run();
      (times[k] as Float64Array)[round] = ((performance.now() - start) * 1000) / count;
    }
  return contenders.map(({ name }, k) => timing(name, times[k] as Float64Array));
}

/** The same for contenders that are waited for, one call after the other: microseconds of a call, by contender and round. */
export async function roundsOf(contenders: readonly Contender[], rounds: number): Promise<Float64Array[]> {
  const calls: number[] = [];
  for (const { run } of contenders) calls.push(Math.ceil(((await awaitedIn(1000, run)) * TURN) / 1000));
  const times = contenders.map(() => new Float64Array(rounds));
  for (let round = 0; round < rounds; round++)
    for (const [k, { run }] of contenders.entries()) {
      const count = calls[k] as number;
      const start = performance.now();
      for (let call = 0; call < count; call++) await run();
      (times[k] as Float64Array)[round] = ((performance.now() - start) * 1000) / count;
    }
  return times;
}

/** How much longer one takes than the other, round by round, so that whatever else the machine does meets both: the median. */
export function overheadOf(ours: Float64Array, direct: Float64Array): number {
  const ratios = ours.map((time, round) => time / (direct[round] as number)).sort();
  return (ratios[Math.floor(ratios.length / 2)] as number) - 1;
}

export function timing(name: string, times: Float64Array): Timing {
  const sorted = times.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
  return { name, median: at(0.5), quartiles: [at(0.25), at(0.75)] };
}

async function awaitedIn(milliseconds: number, run: () => unknown): Promise<number> {
  const until = performance.now() + milliseconds;
  let calls = 0;
  while (performance.now() < until) {
    await run();
    calls++;
  }
  return calls;
}

function callsIn(milliseconds: number, run: () => unknown): number {
  const until = performance.now() + milliseconds;
  let calls = 0;
  while (performance.now() < until) {
    run();
    calls++;
  }
  return calls;
}
