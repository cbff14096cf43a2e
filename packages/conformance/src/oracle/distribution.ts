import type { Axis, EmptyRow, FloatType, Shape } from '@softmax/core';
import { type Big, divide, subtract, ZERO } from './big.ts';
import { Expected } from './expected.ts';
import { log1p } from './exponential.ts';
import { cutRows } from './rows.ts';
import { distanceOf, type Row, type State, stateOf } from './state.ts';

/**
 * Logits and options, every number already of the format that the backend gets it in. Masks as long
 * as x.
 */
export interface DistributionExample {
  readonly x: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
  readonly mask?: readonly boolean[];
  readonly temperature?: number | readonly number[];
  readonly sink?: number | readonly number[];
  readonly softcap?: number;
  readonly emptyRow?: EmptyRow;
}

const perRow = (value: number | readonly number[] | undefined, row: number): number | undefined =>
  typeof value === 'object' ? value[row] : value;

/** Row `number` of an example, at the places `at`. */
export function rowOf(
  example: DistributionExample,
  at: readonly number[],
  number: number,
  negated: boolean,
): Row {
  return {
    x: at.map((k) => example.x[k] as number),
    allowed: example.mask && at.map((k) => example.mask?.[k] as boolean),
    negate: negated,
    softcap: example.softcap,
    temperature: perRow(example.temperature, number),
    sink: perRow(example.sink, number),
  };
}

/** softmax(±x) or its logarithm. */
export function distribution(
  example: DistributionExample,
  kind: 'softmax' | 'logSoftmax',
  negated = false,
): Expected {
  const { rows, n } = cutRows(example.shape, example.axis);
  const log = kind === 'logSoftmax';
  const out = new Expected(log ? 'log-probability' : 'probability', example.dtype, example.shape, n);
  for (const [number, at] of rows.entries()) {
    const row = rowOf(example, at, number, negated);
    const state = stateOf(row);
    const lse = log && state.kind === 'finite' ? log1p(state.rest) : ZERO;
    for (const [k, place] of at.entries()) {
      const e = state.e[k];
      if (state.kind !== 'finite') {
        const p = degenerate(state, row, k, example.emptyRow);
        out.set(place, log ? Math.log(p) : p);
      } else if (!e) out.set(place, log ? Number.NEGATIVE_INFINITY : 0);
      else {
        const d = state.d[k] as Big;
        const own = log && row.temperature !== Number.POSITIVE_INFINITY ? d : ZERO;
        out.set(place, log ? subtract(own, lse) : divide(e, state.total), distanceOf(d));
        out.blur[place] = blurOf(row, 0);
      }
    }
  }
  return out;
}

/**
 * The probability in a row that is no distribution. A masked entry has none, unless all are masked.
 */
function degenerate({ kind }: State, { x, allowed }: Row, k: number, emptyRow: EmptyRow | undefined): number {
  if (kind !== 'masked' && allowed?.[k] === false) return 0;
  const fill = kind === 'masked' ? (emptyRow ?? 'zero') : kind === 'impossible' ? (emptyRow ?? 'nan') : 'nan';
  const count = kind === 'masked' ? x.length : x.filter((_, j) => allowed?.[j] ?? true).length;
  return { nan: Number.NaN, zero: 0, uniform: 1 / count }[fill];
}

/**
 * Two logits of size c, each 2 eps off, and the cotangent's sech²(x/c), whose condition is 2x/c.
 */
export const blurOf = ({ softcap = 0, temperature = 1 }: Row, x: number): number =>
  softcap === 0 || temperature === 0 ? 0 : (4 * softcap) / temperature + (4 * Math.abs(x)) / softcap;
