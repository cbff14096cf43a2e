import { readFile } from 'node:fs/promises';
import { type OpName, SoftmaxError } from '@softmax/core';
import { type AppendOptions, appendHead, type ExportOptions, toOnnx } from '@softmax/onnx';
import { withFiles } from '../export-files.ts';
import { printable } from '../printable.ts';
import { interruptible } from '../signals.ts';
import { type Streams, stdinOf } from '../streams.ts';
import { UsageError } from '../usage-error.ts';
import { wholeFile } from '../whole-file.ts';

export interface ExportRequest {
  readonly operation: string;
  /** Of the operation and of the model, as `toOnnx` and `appendHead` have them; of files their names. */
  readonly options: { readonly [name: string]: unknown };
  readonly out: string | undefined;
  /** An existing model, and the output of it that the operation goes onto. */
  readonly onto: string | undefined;
  readonly output: string | undefined;
  readonly json: boolean;
}

/** `softmax export`: an operation as an ONNX model, or on an output of one. Nothing is written where something is wrong. */
export async function exportCommand(request: ExportRequest, streams: Streams): Promise<void> {
  const { operation, onto, output, json } = request;
  const path = request.out ?? onto ?? `${operation}.onnx`;
  const model = await explained(async () => {
    const options = await withFiles(request.options, stdinOf(streams));
    return interruptible(() => made({ ...request, options }));
  });
  const save = await wholeFile(path);
  await save(model);
  const bytes = model.length;
  const on = onto === undefined ? '' : ` on ${output} of ${onto}`;
  const text = json
    ? JSON.stringify({ path, operation, onto, output, bytes })
    : printable(`${path}: ${operation}${on}, ${bytes} bytes`);
  streams.stdout.write(`${text}\n`);
}

async function made({ operation, options, onto, output }: ExportRequest): Promise<Uint8Array> {
  // toOnnx knows its operations, and says so.
  const name = operation as OpName;
  if (onto === undefined) {
    if (output !== undefined) throw new UsageError('--output names one of a model: --onto FILE');
    return toOnnx(name, options as ExportOptions<OpName>);
  }
  if (output === undefined) throw new UsageError('--onto needs the name of an output: --output NAME');
  return appendHead(await bytesOf(onto), output, name, options as AppendOptions<OpName>);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** What is wrong with a model or an option, the user can mend. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SoftmaxError)) throw error;
    const { cause } = error;
    throw new UsageError(cause instanceof Error ? `${error.message} (${cause.message})` : error.message);
  }
}
