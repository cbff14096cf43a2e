import type { Readable } from 'node:stream';
import type { AdaptiveParameters } from '@softmax/core';
import type { Numbers } from '../formats/numbers.ts';
import { membersOf, openSource } from '../formats/open-source.ts';
import { wholeOf } from '../formats/source.ts';
import { refuse } from '../input-error.ts';

/**
 * The parameters of adaptive softmax by the names that its gradients have: head, headBias, projection0, tail0, … The
 * cutoffs follow from the lengths: the head has a row for each of its classes and for each tail.
 */
export async function adaptiveArgument(path: string, stdin: Readable): Promise<AdaptiveParameters> {
  const names = await membersOf(path);
  const read = async (name: string): Promise<Numbers> => {
    const source = await openSource(`${path}:${name}`, stdin);
    return wholeOf(source).finally(() => source.close());
  };
  const count = names.filter((name) => /^tail\d+$/.test(name)).length;
  if (!names.includes('head') || count === 0)
    refuse(path, `head and tail0 are needed; it holds ${names.join(', ')}`);
  const head = await read('head');
  const tails = [];
  const cutoffs = [(head.shape[0] ?? 0) - count];
  for (let k = 0; k < count; k++) {
    const weight = await read(`tail${k}`);
    tails.push({ projection: await read(`projection${k}`), weight });
    cutoffs.push((cutoffs[k] ?? 0) + (weight.shape[0] ?? 0));
  }
  const headBias = names.includes('headBias') ? { headBias: await read('headBias') } : {};
  return { cutoffs: cutoffs.slice(0, -1), head, ...headBias, tails };
}
