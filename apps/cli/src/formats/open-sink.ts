import type { Output } from '../streams.ts';
import { fileTarget, streamTarget, type Target } from '../target.ts';
import { UsageError } from '../usage-error.ts';
import { formatOf, type OutputFormat } from './format.ts';
import type { MakeSink } from './sink.ts';

/** Each loads what it needs alone. */
const SINKS: { readonly [F in OutputFormat]: () => Promise<MakeSink> } = {
  table: async () => (await import('./table-sink.ts')).tableSink,
  npy: async () => (await import('./npy-sink.ts')).npySink,
  npz: async () => (await import('./npz-sink.ts')).npzSink,
  json: async () => (await import('./text-sinks.ts')).jsonSink,
  jsonl: async () => (await import('./text-sinks.ts')).jsonLinesSink,
  csv: async () => (await import('./text-sinks.ts')).separated('csv'),
  tsv: async () => (await import('./text-sinks.ts')).separated('tsv'),
  safetensors: async () => (await import('./safetensors-sink.ts')).safetensorsSink,
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
  const sink = await SINKS[format]();
  return { target: piped ? streamTarget(stdout) : await fileTarget(out), sink };
}
