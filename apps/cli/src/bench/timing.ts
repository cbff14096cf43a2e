import { distributionOf } from './distribution.ts';
import { ratioOf, type Turns } from './interleave.ts';
import type { Timing } from './results.ts';

/** What is kept of the turns of a system, beside those of the first system of the task. */
export function timingOf(
  system: string,
  { alone, times }: Turns,
  first: Pick<Turns, 'times'>,
  ulp: number | null,
): Timing {
  const ratio = ratioOf(times, first.times);
  const least = Math.min(...times);
  return { system, rounds: times.length, alone, least, ...distributionOf(times), ratio, ulp };
}
