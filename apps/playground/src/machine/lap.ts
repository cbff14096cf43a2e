import { distributionOf, type Pace, type Turns } from '@softmax/cli/measure';
import type { BackendName } from './backends.ts';

/** How fast a backend takes rows of one length. */
export interface Lap extends Turns {
  readonly backend: BackendName;
  /** The length of the rows. */
  readonly n: number;
  /** The worst error, ulp of float32. */
  readonly ulp: number | null;
}

/** So many numbers in each run, whatever the length of a row. */
export const SIZE: number = 2 ** 16;
export const LENGTHS: readonly number[] = [2 ** 4, 2 ** 7, 2 ** 10, 2 ** 13, 2 ** 16];
/** Of a backend alone: a quarter of a second for each length, more where a single call takes longer than a turn. */
export const PACE: Pace = { warmUp: 100, turn: 10, rounds: 11, budget: 300 };

/** Millions of logits in a second, at the median time: as many in a microsecond. */
export const speedOf = ({ times }: Lap): number => SIZE / distributionOf(times).median;
