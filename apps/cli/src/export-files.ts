import type { Readable } from 'node:stream';
import { openSource } from './formats/open-source.ts';
import { wholeOf } from './formats/source.ts';
import { adaptiveArgument } from './operations/adaptive-argument.ts';
import { treeArgument } from './operations/tree-argument.ts';

type Given = { readonly [name: string]: unknown };

/** Options of an export, with the values of their files. */
export async function withFiles(options: Given, stdin: Readable): Promise<Given> {
  const values = async (path: string) => {
    const source = await openSource(path, stdin);
    return wholeOf(source).finally(() => source.close());
  };
  const read: { readonly [name: string]: (path: string) => Promise<unknown> } = {
    tree: (text) => treeArgument(text, stdin),
    parameters: (path) => adaptiveArgument(path, stdin),
    weight: values,
    bias: values,
  };
  const made = Object.entries(options).map(async ([name, value]) => {
    const file = typeof value === 'string' && value !== 'input' ? read[name] : undefined;
    return [name, file ? await file(value as string) : value];
  });
  return Object.fromEntries(await Promise.all(made));
}
