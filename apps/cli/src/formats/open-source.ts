import type { Readable } from 'node:stream';
import { refuse } from '../input-error.ts';
import { UsageError } from '../usage-error.ts';
import { type Format, formatOf } from './format.ts';
import { NPY_MAGIC } from './npy-header.ts';
import { fileReader, type Reader, streamReader } from './reader.ts';
import { readSafetensorsHeader } from './safetensors-header.ts';
import { type Source, yielding } from './source.ts';

const fail = (message: string): never => {
  throw new UsageError(message);
};

/** `archive.npz:logits` is the array logits of it, `:logits` that of standard input. */
function splitMember(given: string): { path: string; member: string | undefined } {
  const [, path = given, member] = /^(|.+\.(?:npz|json|safetensors)):(.+)$/i.exec(given) ?? [];
  return { path: path || '-', member };
}

/** Opens what a name on the command line means: a file, an array of a file, or - for standard input. */
export async function openSource(given: string, stdin: Readable, format?: Format): Promise<Source> {
  const { path, member } = splitMember(given);
  const stated = format ?? (path === '-' ? undefined : formatOf(path));
  const from = path === '-' ? streamReader('standard input', stdin) : await fileReader(path);
  try {
    const form = stated ?? (await sniffed(from));
    if (from.size === 0) refuse(path, 'it is empty');
    return yielding(await READ[form](from, member, path));
  } catch (error) {
    await from.close();
    throw error;
  }
}

/** The names of the arrays in a file of several. */
export async function membersOf(path: string): Promise<string[]> {
  const format = formatOf(path);
  if (format === 'npz') return (await import('./npz.ts')).npzMembers(path);
  if (format !== 'safetensors')
    return fail(`${path}: a file of several arrays is needed, .npz or .safetensors`);
  const from = await fileReader(path);
  return readSafetensorsHeader(from)
    .then((entries) => [...entries.keys()])
    .finally(() => from.close());
}

/** Each loads what it needs alone: readers of CSV and of zip are libraries. */
const READ: {
  readonly [F in Format]: (from: Reader, member: string | undefined, path: string) => Promise<Source>;
} = {
  npy: async (from) => (await import('./npy.ts')).npySource(from),
  async npz(from, member, path) {
    const bytes = path === '-' ? await all(from) : path;
    await from.close();
    const { npzSource } = await import('./npz.ts');
    return npzSource(path === '-' ? from.place : path, bytes, member);
  },
  json: async (from, member) => (await import('./json.ts')).jsonSource(from, member),
  jsonl: async (from) => (await import('./json-lines.ts')).jsonLinesSource(from),
  csv: async (from) => (await import('./csv.ts')).csvSource(from, ','),
  tsv: async (from) => (await import('./csv.ts')).csvSource(from, '\t'),
  safetensors: async (from, member) => (await import('./safetensors.ts')).safetensorsSource(from, member),
};

async function all(from: Reader): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of from.rest()) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** By its first bytes: the magic of .npy and of zip, a bracket of JSON, the header of .safetensors; else it is text in columns. */
async function sniffed(from: Reader): Promise<Format> {
  const start = await from.peek(512);
  if (start.length === 0) refuse(from.place, 'it is empty');
  if (start.subarray(0, 6).equals(NPY_MAGIC)) return 'npy';
  if (start.subarray(0, 2).toString('latin1') === 'PK') return 'npz';
  if (start[8] === 0x7b && start.length > 8 && start[7] === 0) return 'safetensors';
  const text = start.toString('latin1').trimStart();
  if (/^[[{]/.test(text)) return /^\[[^[]*?\]\s*\n\s*\[/.test(text) ? 'jsonl' : 'json';
  return text.split('\n', 1)[0]?.includes('\t') ? 'tsv' : 'csv';
}
