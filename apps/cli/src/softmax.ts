import { CommanderError } from 'commander';
import type { Candidate } from './candidate.ts';
import { CANDIDATES } from './candidates.ts';
import { InputError } from './input-error.ts';
import { printable } from './printable.ts';
import { program } from './program.ts';
import type { Streams } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** What the command works with, apart from its arguments. */
export interface Setting {
  /** Default: every backend that it knows. */
  readonly candidates?: readonly Candidate[];
  /** Default: those of the process. */
  readonly streams?: Streams;
}

/**
 * The command `softmax`, as a function: its exit code, 0 when all is well, 1 when a check fails, 2 on bad usage, 3 on a
 * file that does not hold what it should.
 *
 * @example
 * ```ts
 * process.exitCode = await softmax(['check', 'cpu', '--op', 'softmax']);
 * ```
 */
export async function softmax(
  args: readonly string[],
  { candidates = CANDIDATES, streams = process }: Setting = {},
): Promise<number> {
  let passed = true;
  const done = (outcome: boolean) => {
    passed = outcome;
  };
  try {
    await program(candidates, streams, done).parseAsync([...args], { from: 'user' });
  } catch (error) {
    // Commander has said what is wrong; asking for help or the version is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError || error instanceof InputError)) throw error;
    streams.stderr.write(`error: ${printable(error.message)}\n`);
    return error instanceof InputError ? 3 : 2;
  }
  return passed ? 0 : 1;
}
