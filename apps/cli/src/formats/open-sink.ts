import type { Output } from '../streams.ts';
import { fileTarget, streamTarget, type Target } from '../target.ts';
import { UsageError } from '../usage-error.ts';
import { formatOf, type OutputFormat } from './format.ts';
import { npySink } from './npy-sink.ts';
import { npzSink } from './npz-sink.ts';
import { safetensorsSink } from './safetensors-sink.ts';
import type { MakeSink } from './sink.ts';
import { tableSink } from './table-sink.ts';
import { jsonLinesSink, jsonSink, separated } from './text-sinks.ts';

const SINKS: { readonly [F in OutputFormat]: MakeSink } = {
  table: tableSink,
  npy: npySink,
  npz: npzSink,
  json: jsonSink,
  jsonl: jsonLinesSink,
  csv: separated('csv'),
  tsv: separated('tsv'),
  safetensors: safetensorsSink,
};

const BINARY: readonly OutputFormat[] = ['npy', 'npz', 'safetensors'];

/**
 * Where results go, known before anything is computed.
 *
 * @param out a file; - or none is standard output
 * @throws {UsageError} for a file that cannot be written, and bytes that are no text on a terminal
 */
export async function openSink(
  out: string | undefined,
  to: OutputFormat | undefined,
  stdout: Output,
): Promise<{ readonly target: Target; readonly sink: MakeSink }> {
  const piped = out === undefined || out === '-';
  const format = to ?? (piped ? 'table' : formatOf(out));
  if (piped && stdout.isTTY && BINARY.includes(format))
    throw new UsageError(`${format} is no text for a terminal: name a file by --out, or pipe it on`);
  return { target: piped ? streamTarget(stdout) : await fileTarget(out), sink: SINKS[format] };
}
