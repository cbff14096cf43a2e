import { SoftmaxError } from '@softmax/core';
import type { Candidate, Opened } from './candidate.ts';
import { UsageError } from './usage-error.ts';

/** A backend that did not open. Broken: its runtime is installed, and does not start. */
export interface Absent {
  readonly name: string;
  readonly reason: string;
  readonly broken: boolean;
}

/** A backend that did, and how the command line names it. */
export interface Present extends Opened {
  readonly argument: string;
}

export interface Machine {
  readonly here: readonly Present[];
  readonly absent: readonly Absent[];
}

/**
 * Opens the named backends, or all of them, for as long as `work` takes.
 *
 * @throws {UsageError} when one was named that is not installed; who names none takes what is there
 */
export async function withBackends<T>(
  candidates: readonly Candidate[],
  names: readonly string[],
  work: (machine: Machine) => Promise<T>,
): Promise<T> {
  const here: Present[] = [];
  const absent: Absent[] = [];
  try {
    for (const candidate of candidates) {
      const { name } = candidate;
      if (names.length > 0 && !names.includes(name)) continue;
      try {
        here.push({ ...(await candidate.open()), argument: candidate.argument ?? name });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const broken = !(error instanceof SoftmaxError && error.code === 'MISSING_RUNTIME');
        if (names.includes(name)) throw new UsageError(`backend ${name} is not available: ${reason}`);
        absent.push({ name, reason, broken });
      }
    }
    return await work({ here, absent });
  } finally {
    for (const each of here) await each.close();
  }
}
