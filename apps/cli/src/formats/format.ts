import { UsageError } from '../usage-error.ts';

export const FORMATS = ['npy', 'npz', 'json', 'jsonl', 'csv', 'tsv', 'safetensors'] as const;
export type Format = (typeof FORMATS)[number];

export const OUTPUT_FORMATS: readonly OutputFormat[] = ['table', ...FORMATS];
export type OutputFormat = Format | 'table';

const ENDINGS: { readonly [ending: string]: Format } = {
  ...Object.fromEntries(FORMATS.map((format) => [format, format])),
  ndjson: 'jsonl',
};

/** By the ending of its name. @throws {UsageError} */
export function formatOf(path: string): Format {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  if (format) return format;
  const known = FORMATS.map((each) => `.${each}`).join(', ');
  throw new UsageError(`${path}: unknown ending; known are ${known}`);
}
