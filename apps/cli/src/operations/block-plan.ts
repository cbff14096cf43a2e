import { gumbel, type Seed } from '@softmax/core';
import { countOf, type Numbers, type Room } from '../formats/numbers.ts';
import { rowsPerBlock, type Source } from '../formats/source.ts';
import type { Values } from './operands.ts';
import type { Operation } from './operations.ts';

/** How many rows of the input to compute at a time; undefined where all belong together. */
export function blockRows({ rows }: Operation, shape: Source['shape'], values: Values): number | undefined {
  const { axis = -1, reduction } = values;
  const apart = rows === 'apart' || (rows === 'unreduced' && reduction === 'none');
  if (!apart || shape.length < 2 || axis === null) return;
  const axes = Array.isArray(axis) ? (axis as readonly number[]) : [axis as number];
  const inside = axes.every((each) => (each < 0 ? each + shape.length : each) > 0);
  return inside ? rowsPerBlock(shape) : undefined;
}

/** The noise that a seed gives the whole input, for the block of it that begins at `start`. */
export function seeded(values: Values, { shape }: Numbers, start: number, memory: Room): Values {
  const { seed, stream = 0, ...rest } = values;
  // Down a tree there is a number for each decision, not for each logit.
  if (seed === undefined || values['tree'] !== undefined) return values;
  const data = memory('float64', countOf(shape));
  for (let k = 0; k < data.length; k++) data[k] = gumbel(seed as Seed, stream as number, start + k);
  return { ...rest, noise: { data, shape } };
}
