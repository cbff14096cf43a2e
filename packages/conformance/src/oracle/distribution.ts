import type { Axis, EmptyRow, FloatType, Shape } from '@softmax/core';
import {
  absolute,
  add,
  type Big,
  big,
  divide,
  multiply,
  negate,
  ONE,
  subtract,
  total,
  trim,
  ZERO,
} from './big.ts';
import { Expected } from './expected.ts';
import { exp, log1p } from './exponential.ts';
import { cutRows } from './rows.ts';
import { distanceOf, type Row, type State, stateOf } from './state.ts';

/** Logits and options, every number already of the format that the backend gets it in. Masks as long as x. */
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

/** The probability in a row that is no distribution. A masked entry has none, unless all are masked. */
function degenerate({ kind }: State, { x, allowed }: Row, k: number, emptyRow: EmptyRow | undefined): number {
  if (kind !== 'masked' && allowed?.[k] === false) return 0;
  const fill = kind === 'masked' ? (emptyRow ?? 'zero') : kind === 'impossible' ? (emptyRow ?? 'nan') : 'nan';
  const count = kind === 'masked' ? x.length : x.filter((_, j) => allowed?.[j] ?? true).length;
  return { nan: Number.NaN, zero: 0, uniform: 1 / count }[fill];
}

/** The vector–Jacobian product of either, by its formula: p·(dy − Σ p·dy)/T or (dy − p·Σ dy)/T, and on through ± and cap. */
export function distributionGrad(
  example: DistributionExample,
  dy: ArrayLike<number>,
  kind: 'softmax' | 'logSoftmax',
  negated = false,
): Expected {
  const { rows, n } = cutRows(example.shape, example.axis);
  const out = new Expected('sum-of-terms', example.dtype, example.shape, n);
  for (const [number, at] of rows.entries()) {
    const row = rowOf(example, at, number, negated);
    const state = stateOf(row);
    const lost = state.kind === 'nan' || state.kind === 'infinite';
    // Entries without an exponential (masked, −inf) take no part, and their dy is not read.
    const taking = at.map((place, k) => (state.d[k] ? big(dy[place] as number) : undefined));
    const p = at.map((_, k) => (state.e[k] ? divide(state.e[k], state.total) : ZERO));
    const weight = (k: number) => (kind === 'softmax' ? (p[k] as Big) : ONE);
    const terms = taking.flatMap((g, k) => (g ? [multiply(weight(k), g)] : []));
    const [mean, size] = [total(terms), total(terms.map(absolute))];
    for (const [k, place] of at.entries()) {
      const g = taking[k];
      const t = row.temperature ?? 1;
      if (lost && (row.allowed?.[k] ?? true)) out.set(place, Number.NaN);
      if (!g || t === 0 || t === Number.POSITIVE_INFINITY) continue;
      const chain = back(row, k, t);
      const share = p[k] as Big;
      const whole =
        kind === 'softmax' ? multiply(share, subtract(g, mean)) : subtract(g, multiply(share, mean));
      const one = kind === 'softmax' ? multiply(share, absolute(g)) : absolute(g);
      const other = multiply(share, size);
      const largest = subtract(one, other).m < 0n ? other : one;
      out.set(
        place,
        trim(multiply(trim(whole), chain)),
        distanceOf(state.d[k]),
        trim(multiply(trim(largest), absolute(chain))),
      );
      out.blur[place] = blurOf(row, row.x[k] as number);
    }
  }
  return out;
}

/** Two logits of size c, each 2 eps off, and the cotangent's sech²(x/c), whose condition is 2x/c. */
const blurOf = ({ softcap = 0, temperature = 1 }: Row, x: number): number =>
  softcap === 0 || temperature === 0 ? 0 : (4 * softcap) / temperature + (4 * Math.abs(x)) / softcap;

/** ±1/T·sech²(x/c): how the logit that is normalised depends on x. */
function back({ x, softcap = 0, negate: negated = false }: Row, k: number, t: number): Big {
  const slope = divide(negated ? negate(ONE) : ONE, big(t));
  if (softcap === 0) return slope;
  const u = divide(big(x[k] as number), big(softcap));
  const e = exp(multiply(big(-2), absolute(u)));
  const sum = add(ONE, e);
  return trim(multiply(slope, divide(multiply(big(4), e), multiply(sum, sum))));
}
