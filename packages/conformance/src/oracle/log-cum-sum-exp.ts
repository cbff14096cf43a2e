import type { Axis, FloatType, Shape } from '@softmax/core';
import { absolute, add, type Big, big, divide, multiply, ONE, subtract, trim, ZERO } from './big.ts';
import { Expected } from './expected.ts';
import { exp, log1p } from './exponential.ts';
import { cutRows } from './rows.ts';
import { isEndless } from './unbounded.ts';

export interface LogCumSumExpExample {
  readonly x: readonly number[];
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
}

/** The sum of the first terms of a row: e^max·(1 + rest). A number where it is NaN or infinite. */
type Prefix = { readonly max: number; readonly rest: Big } | number;

function prefixes(row: readonly number[]): Prefix[] {
  const out: Prefix[] = [];
  let last: Prefix = Number.NEGATIVE_INFINITY;
  for (const v of row) {
    if (typeof last === 'number') {
      if (last === Number.NEGATIVE_INFINITY) last = Number.isFinite(v) ? { max: v, rest: ZERO } : v;
      else if (Number.isNaN(v)) last = v;
    } else if (Number.isNaN(v) || v === Number.POSITIVE_INFINITY) last = v;
    else if (v !== Number.NEGATIVE_INFINITY) {
      const e = exp(minusDistance(last.max, v));
      last =
        v > last.max
          ? { max: v, rest: trim(multiply(add(ONE, last.rest), e)) }
          : { max: last.max, rest: trim(add(last.rest, e)) };
    }
    out.push(last);
  }
  return out;
}

/** −|a − b|. */
function minusDistance(a: number, b: number): Big {
  const d = absolute(subtract(big(a), big(b)));
  return { m: -d.m, e: d.e };
}

export function logCumSumExp({ x, shape, dtype, axis }: LogCumSumExpExample): Expected {
  const { rows, n } = cutRows(shape, axis);
  const out = new Expected('log-sum', dtype, shape, n);
  for (const at of rows) {
    const sums = prefixes(at.map((place) => x[place] as number));
    for (const [k, sum] of sums.entries())
      if (typeof sum === 'number') out.set(at[k] as number, sum);
      else out.set(at[k] as number, add(big(sum.max), log1p(sum.rest)), Math.abs(sum.max));
  }
  return out;
}

/** dx_k = Σ_{j ≥ k} dy_j·exp(x_k − y_j). Rows with +inf in them are nobody's business here. */
export function logCumSumExpGrad(
  { x, shape, dtype, axis }: LogCumSumExpExample,
  dy: readonly number[],
): Expected {
  const { rows, n } = cutRows(shape, axis);
  const out = new Expected('sum-of-terms', dtype, shape, n);
  for (const at of rows) {
    const row = at.map((place) => x[place] as number);
    const sums = prefixes(row);
    // Relative to the maximum so far, from the end.
    let [sum, size, lost] = [ZERO, ZERO, false];
    let later = Number.POSITIVE_INFINITY;
    // Σ of the cotangents that are not finite; 0 without one.
    let endless = 0;
    for (let k = row.length - 1; k >= 0; k--) {
      const prefix = sums[k] as Prefix;
      const place = at[k] as number;
      const v = row[k] as number;
      if (typeof prefix === 'number') {
        lost ||= Number.isNaN(prefix);
        if (lost && v !== Number.NEGATIVE_INFINITY) out.set(place, Number.NaN);
        continue;
      }
      const { max, rest } = prefix;
      const carry = later === Number.POSITIVE_INFINITY ? ONE : exp(minusDistance(max, later));
      if (isEndless(dy[place])) endless += dy[place] as number;
      const term = divide(big(isEndless(dy[place]) ? 0 : (dy[place] as number)), add(ONE, rest));
      sum = trim(add(multiply(sum, carry), term));
      size = trim(add(multiply(size, carry), absolute(term)));
      later = max;
      if (v === Number.NEGATIVE_INFINITY) continue;
      const e = exp(minusDistance(v, max));
      if (lost) out.set(place, Number.NaN);
      else if (endless !== 0) out.set(place, endless);
      else out.set(place, trim(multiply(sum, e)), max - v, trim(multiply(size, e)));
    }
  }
  return out;
}
