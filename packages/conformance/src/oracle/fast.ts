import type { FloatType } from '@softmax/core';
import { Expected, type Quantity } from './expected.ts';

/**
 * The expected values of one long row of finite float32 logits, in float64: the rounding error of
 * x − max is carried along (TwoDiff), and that of every sum (Neumaier 1974). Within 3 ulp of
 * float64 of their largest term at any length, which the tests compare with the exact oracle.
 */
export interface Fast {
  readonly quantity: Quantity;
  /** n, or 1 for a sum. */
  readonly length: number;
  /** Writes element k to a place of `out`. */
  put(k: number, out: Expected, at: number): void;
}

type Values = ArrayLike<number>;

/** Elements from `start` on, which are judged at once. */
export function expectedOf(
  fast: Fast,
  n: number,
  dtype: FloatType,
  start = 0,
  end: number = fast.length,
): Expected {
  const out = new Expected(fast.quantity, dtype, [end - start], n);
  for (let k = start; k < end; k++) fast.put(k, out, k - start);
  return out;
}

interface Row {
  readonly max: number;
  /** The first place of the maximum. */
  readonly at: number;
  /** Σ of all other exponentials, relative to the largest. */
  readonly rest: number;
  /** e^(x_k − max). */
  readonly term: (k: number) => number;
}

/** Neumaier's sum of f over the row. */
function sum(n: number, f: (k: number) => number): number {
  let total = 0;
  let lost = 0;
  for (let k = 0; k < n; k++) {
    const v = f(k);
    const next = total + v;
    lost += Math.abs(total) >= Math.abs(v) ? total - next + v : v - next + total;
    total = next;
  }
  return total + lost;
}

function rowOf(x: Values): Row {
  let at = 0;
  for (let k = 1; k < x.length; k++) if ((x[k] as number) > (x[at] as number)) at = k;
  const max = x[at] as number;
  const term = (k: number) => {
    const v = x[k] as number;
    const s = v - max;
    const back = s + max;
    const error = v - back - (s - (back - max));
    return Math.exp(s) * (1 + error);
  };
  return { max, at, rest: sum(x.length, (k) => (k === at ? 0 : term(k))), term };
}

/** Not 0 where only float64 is too small for it: what is 0 itself must be exactly 0. */
const above0 = (p: number): number => Math.max(p, 2 ** -1074);

const negated = (x: Values): Float64Array => Float64Array.from(x, (v) => -v);

export function fastSoftmax(x: Values): Fast {
  const { max, rest, term } = rowOf(x);
  return {
    quantity: 'probability',
    length: x.length,
    put: (k, out, at) => out.set(at, above0(term(k) / (1 + rest)), max - (x[k] as number)),
  };
}

export const fastSoftmin = (x: Values): Fast => fastSoftmax(negated(x));

export function fastLogSoftmax(x: Values): Fast {
  const { max, rest } = rowOf(x);
  const log = Math.log1p(rest);
  const put: Fast['put'] = (k, out, at) => {
    const s = (x[k] as number) - max;
    out.set(at, s - log, -s);
  };
  return { quantity: 'log-probability', length: x.length, put };
}

export function fastLogSumExp(x: Values): Fast {
  const { max, rest } = rowOf(x);
  const put: Fast['put'] = (_, out, at) => out.set(at, max + Math.log1p(rest), Math.abs(max));
  return { quantity: 'log-sum', length: 1, put };
}

/** dy·softmax(x). */
export function fastLogSumExpGrad(x: Values, dy: number): Fast {
  const { max, rest, term } = rowOf(x);
  const put: Fast['put'] = (k, out, at) => {
    const value = above0(term(k) / (1 + rest)) * dy;
    out.set(at, value, max - (x[k] as number), Math.abs(value));
  };
  return { quantity: 'sum-of-terms', length: x.length, put };
}

/** p·(g − Σ p·g), relative to the g of the largest logit. */
export function fastSoftmaxGrad(x: Values, g: Values): Fast {
  const { max, at: top, rest, term } = rowOf(x);
  const origin = g[top] as number;
  const mean = sum(x.length, (k) => term(k) * ((g[k] as number) - origin)) / (1 + rest);
  const size = sum(x.length, (k) => term(k) * Math.abs(g[k] as number)) / (1 + rest);
  const put: Fast['put'] = (k, out, at) => {
    const p = above0(term(k) / (1 + rest));
    const own = g[k] as number;
    out.set(at, p * (own - origin - mean), max - (x[k] as number), above0(p * Math.max(Math.abs(own), size)));
  };
  return { quantity: 'sum-of-terms', length: x.length, put };
}

export const fastSoftminGrad = (x: Values, g: Values): Fast => fastSoftmaxGrad(negated(x), negated(g));

/** g·(1 − p) − p·Σ of the others. */
export function fastLogSoftmaxGrad(x: Values, g: Values): Fast {
  const { max, at: top, rest, term } = rowOf(x);
  const all = sum(x.length, (k) => g[k] as number);
  const size = sum(x.length, (k) => Math.abs(g[k] as number));
  const put: Fast['put'] = (k, out, at) => {
    const e = term(k);
    const p = above0(e / (1 + rest));
    const others = k === top ? rest : 1 + (rest - e);
    const own = g[k] as number;
    const value = own * (others / (1 + rest)) - p * (all - own);
    out.set(at, value, max - (x[k] as number), Math.max(Math.abs(own), p * size));
  };
  return { quantity: 'sum-of-terms', length: x.length, put };
}

/** log Σ e^x − x_y. */
export function fastCrossEntropy(x: Values, y: number): Fast {
  const { max, rest } = rowOf(x);
  const loss = x.length === 1 ? 0 : above0(Math.log1p(rest) + (max - (x[y] as number)));
  return { quantity: 'sum-of-terms', length: 1, put: (_, out, at) => out.set(at, loss, 0, loss) };
}

/** p − e_y. */
export function fastCrossEntropyGrad(x: Values, y: number): Fast {
  const { max, at: top, rest, term } = rowOf(x);
  const put: Fast['put'] = (k, out, at) => {
    const e = term(k);
    const others = k === top ? rest : 1 + (rest - e);
    const value = k !== y ? above0(e / (1 + rest)) : x.length === 1 ? 0 : -above0(others / (1 + rest));
    out.set(at, value, max - (x[k] as number), k === y ? 1 : value);
  };
  return { quantity: 'sum-of-terms', length: x.length, put };
}
