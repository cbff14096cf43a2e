import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { CheckOptions } from '@softmax/conformance';
import type { Cell } from './cell.ts';

/** Whole, or quick: each law on 10 examples in place of 1000, and without the longest checks; or what `--id` named. */
export type Plan = 'whole' | 'quick' | 'part';

/** A cell as it was run last. */
export interface Ran extends Cell {
  readonly plan: Plan;
  /** When it ended. */
  readonly date: string;
}

/** What `--json` writes. */
export interface Results {
  /** The version of the suite. */
  readonly suite: string;
  readonly cells: readonly Ran[];
}

export const planOf = ({ quick, ids }: CheckOptions): Plan => (ids ? 'part' : quick ? 'quick' : 'whole');

/** Writes cells to a file; those that it already has of the same suite and that were not run now stay. */
export function writeResults(file: string, now: Results): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : undefined;
  const results: Results = { suite: now.suite, cells: merged(before, now) };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** The cells of both, in the order in which they were first run; of one place the later. */
export function merged(before: Results | undefined, now: Results): Ran[] {
  const place = ({ runtime, backend }: Cell) => `${runtime} ${backend}`;
  const kept = before?.suite === now.suite ? before.cells : [];
  return [...new Map([...kept, ...now.cells].map((cell) => [place(cell), cell])).values()];
}
