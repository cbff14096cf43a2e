import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { CheckOptions } from '@softmax/conformance';
import type { Cell } from './cell.ts';

/** What `--json` writes. */
export interface Results {
  /** The version of the suite. */
  readonly suite: string;
  /** When a cell was run last. */
  readonly date: string;
  readonly options: CheckOptions;
  readonly cells: readonly Cell[];
}

/** Writes cells to a file; those of the same plan that it already has and that were not run now stay. */
export function writeResults(file: string, now: Omit<Results, 'date'>): void {
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : undefined;
  const results: Results = {
    suite: now.suite,
    date: new Date().toISOString(),
    options: now.options,
    cells: merged(before, now),
  };
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

/** The cells of both, in the order in which they were first run; of one place the later. */
export function merged(before: Omit<Results, 'date'> | undefined, now: Omit<Results, 'date'>): Cell[] {
  const plan = ({ suite, options }: Omit<Results, 'date'>) => JSON.stringify([suite, options]);
  const place = ({ runtime, backend }: Cell) => `${runtime} ${backend}`;
  const kept = before && plan(before) === plan(now) ? before.cells : [];
  return [...new Map([...kept, ...now.cells].map((cell) => [place(cell), cell])).values()];
}
