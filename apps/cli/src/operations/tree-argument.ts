import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { balancedTree, huffmanTree, type NestedTree, nestedTree, type Tree, treeOf } from '@softmax/core';
import { parse } from '../formats/json.ts';
import { openSource } from '../formats/open-source.ts';
import { wholeOf } from '../formats/source.ts';
import { InputError, said } from '../input-error.ts';

/** `balanced:1000`, `huffman:counts.npy`, `parents:parents.json`, or a JSON file of nested lists of classes. */
export async function treeArgument(text: string, stdin: Readable): Promise<Tree> {
  const [, kind, rest = ''] = /^(balanced|huffman|parents):(.*)$/.exec(text) ?? [];
  if (kind === 'balanced') return balancedTree(Number(rest));
  if (kind === undefined) return nestedTree(parse(await textOf(text), text) as NestedTree);
  const source = await openSource(rest, stdin);
  try {
    const values = await wholeOf(source);
    return kind === 'huffman' ? huffmanTree(values) : treeOf(values);
  } finally {
    await source.close();
  }
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new InputError(`cannot read ${path}: ${said(error)}`);
  });
