import {
  absolute,
  add,
  type Big,
  big,
  divide,
  multiply,
  nearest,
  ONE,
  subtract,
  total,
  ZERO,
} from './big.ts';
import { exp, tanh } from './exponential.ts';

/** One row, with the parameters as the backend gets them. */
export interface Row {
  readonly x: readonly number[];
  readonly allowed?: readonly boolean[] | undefined;
  readonly negate?: boolean | undefined;
  readonly softcap?: number | undefined;
  readonly temperature?: number | undefined;
  readonly sink?: number | undefined;
}

/**
 * The kind of a row: a distribution, a row with a NaN or +inf, or a row without a possible entry.
 */
export type Kind = 'finite' | 'nan' | 'infinite' | 'masked' | 'impossible';

/**
 * A row's exponentials relative to its largest logit. Entries that are masked, or −inf, have none.
 */
export interface State {
  readonly kind: Kind;
  readonly max: Big;
  /** (v − max)/T, where T is neither 0 nor ∞. */
  readonly d: readonly (Big | undefined)[];
  readonly e: readonly (Big | undefined)[];
  /** The place of the largest: −1 where that is the sink. */
  readonly at: number;
  /** The exponential of the sink, 0 without one. */
  readonly sunk: Big;
  /** Σ e without the largest, which is 1. */
  readonly rest: Big;
  readonly total: Big;
}

const NOTHING = { max: ZERO, d: [], e: [], at: -1, sunk: ZERO, rest: ZERO, total: ZERO };

/** Softmax, its logarithm and their gradients are asked about the same rows. */
const SOLVED = new Map<string, State>();
const MOST = 4000;

export function stateOf(row: Row): State {
  const { x, allowed, negate = false, softcap = 0, temperature = 1, sink = Number.NEGATIVE_INFINITY } = row;
  const inside = x.map((v, k) => ((allowed?.[k] ?? true) ? (negate ? -v : v) : undefined));
  const key = `${inside.join()} ${softcap} ${temperature} ${sink}`;
  const known = SOLVED.get(key);
  if (known) return known;
  if (SOLVED.size >= MOST) SOLVED.clear();
  const state = solve(inside, softcap, temperature, sink);
  SOLVED.set(key, state);
  return state;
}

function solve(inside: readonly (number | undefined)[], softcap: number, t: number, sink: number): State {
  const seen = inside.filter((v) => v !== undefined);
  if (seen.some(Number.isNaN)) return { kind: 'nan', ...NOTHING };
  if (seen.includes(Number.POSITIVE_INFINITY)) return { kind: 'infinite', ...NOTHING };
  const v = inside.map((at) =>
    at === undefined || at === Number.NEGATIVE_INFINITY ? undefined : capped(at, softcap),
  );
  const possible = v.filter((at) => at !== undefined);
  const sunk = sink === Number.NEGATIVE_INFINITY ? undefined : big(sink);
  if (possible.length === 0 && !sunk) return { kind: seen.length ? 'impossible' : 'masked', ...NOTHING };
  const all = sunk ? [...possible, sunk] : possible;
  const max = all.reduce((a, b) => (subtract(a, b).m < 0n ? b : a));
  const d = v.map((at) => (at ? scaled(subtract(at, max), t) : undefined));
  const e = v.map((at, k) => (at ? exponential(subtract(at, max), d[k] as Big, t) : undefined));
  const sunkE = sunk && exponential(subtract(sunk, max), scaled(subtract(sunk, max), t), t);
  const terms = [...e, sunkE].filter((term) => term !== undefined);
  // A term at the maximum stands apart, so that log(1 + rest) keeps the digits of a small rest.
  const at = v.indexOf(max);
  terms.splice(at < 0 ? terms.length - 1 : terms.indexOf(e[at] as Big), 1);
  const rest = total(terms);
  return { kind: 'finite', max, d, e, at, sunk: sunkE ?? ZERO, rest, total: add(ONE, rest) };
}

const capped = (v: number, c: number): Big =>
  c === 0 ? big(v) : multiply(big(c), tanh(divide(big(v), big(c))));

const bounded = (t: number): boolean => t > 0 && t < Number.POSITIVE_INFINITY;
const scaled = (s: Big, t: number): Big => (bounded(t) && t !== 1 && s.m !== 0n ? divide(s, big(t)) : s);

/** exp(s/T), with its limits T = 0, only the maxima, and T = ∞, all. None where it is 0. */
function exponential(s: Big, d: Big, t: number): Big | undefined {
  if (s.m === 0n || t === Number.POSITIVE_INFINITY) return ONE;
  return t === 0 ? undefined : exp(d);
}

/** 1 − p of entry k, without a difference of two numbers near 1. */
export const othersOf = ({ e, at, rest, total: sum }: State, k: number): Big =>
  divide(k === at ? rest : subtract(sum, e[k] ?? ZERO), sum);

/** |d| as a number: what the accuracy of level S1 may depend on. */
export const distanceOf = (d: Big | undefined): number => (d ? nearest(absolute(d)) : 0);
