import type { OpName } from '@softmax/core';
import { withBackend } from '../backend-argument.ts';
import { byteProgress } from '../byte-progress.ts';
import type { Candidate } from '../candidate.ts';
import type { Format, OutputFormat } from '../formats/format.ts';
import { openSink } from '../formats/open-sink.ts';
import { openSource } from '../formats/open-source.ts';
import type { Named } from '../formats/sink.ts';
import { type Computation, compute, rowsOf } from '../operations/compute.ts';
import type { Values } from '../operations/operands.ts';
import { type Streams, stdinOf } from '../streams.ts';
import { UsageError } from '../usage-error.ts';

/** Where numbers come from and go to, and who computes. */
export interface RunFiles {
  readonly backend: string;
  readonly from?: Format;
  readonly to?: OutputFormat;
  readonly out?: string;
  readonly result?: string;
  readonly dtype?: Computation['dtype'];
}

export interface RunRequest extends RunFiles {
  readonly op: OpName;
  /** Default: standard input. */
  readonly file: string;
  readonly values: Values;
  readonly draws?: Computation['draws'];
}

/** `softmax run`: an operation on the numbers of a file. Nothing is written where anything is wrong. */
export function runCommand(
  candidates: readonly Candidate[],
  { op, file, values, draws, ...files }: RunRequest,
  streams: Streams,
): Promise<void> {
  return withBackend(candidates, files.backend, async (on) => {
    const stdin = stdinOf(streams);
    const input = await openSource(file, stdin, files.from);
    const printed = (files.out === undefined || files.out === '-') && streams.stdout.isTTY === true;
    const shown = byteProgress(streams.stderr, op, printed);
    try {
      const { target, sink: make } = await openSink(files.out, files.to, streams.stdout);
      const computation = { op, input, values, dtype: files.dtype, draws };
      const sink = make(target, rowsOf(computation));
      try {
        for await (const block of compute(on, computation, stdin)) {
          await sink.write(wanted(block, files.result));
          shown.step(input.read);
        }
        await sink.end();
        await target.commit();
      } catch (error) {
        await target.discard();
        throw error;
      }
    } finally {
      shown.end();
      await input.close();
    }
  });
}

/** All results, or the one that was asked for. */
function wanted(block: Named, result: string | undefined): Named {
  if (result === undefined) return block;
  const found = Object.hasOwn(block, result) ? block[result] : undefined;
  if (!found) throw new UsageError(`--result ${result}: allowed are ${Object.keys(block).join(', ')}`);
  return { [result]: found };
}
