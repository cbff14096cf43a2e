import {
  absolute,
  add,
  type Big,
  divide,
  multiply,
  nearest,
  negate,
  ONE,
  subtract,
  total,
  trim,
  ZERO,
} from './big.ts';
import { exp, log1p } from './exponential.ts';
import { NONE, plus, type Sized, type Value } from './layer.ts';
import { othersOf, type State } from './state.ts';
import { pulled, sumOf } from './unbounded.ts';

/**
 * One decision: softmax of the logits; for a single z, of the logits (z, 0), log σ(±z); without
 * logits, certainty.
 */
export interface Choice {
  readonly state: State;
  /** Children whose logit is −inf: they have no gradient, even if there is no distribution. */
  readonly impossible: readonly boolean[];
  readonly log: readonly Value[];
  readonly q: readonly Value[];
  /** The change of log q if every logit changes by the size of its terms. */
  readonly moved: readonly number[];
  /** That size for the logit where it is largest. */
  readonly blur: number;
}

const LOST = { max: ZERO, d: [], e: [], at: -1, sunk: ZERO, rest: ZERO, total: ZERO };

export function choiceOf(logits: readonly Sized[]): Choice {
  const z = logits.length > 1 ? logits : logits.length === 0 ? [NONE] : pair(logits[0] as Sized);
  const state = stateOf(z.map(({ value }) => value));
  const finite = state.kind === 'finite';
  const lse = finite ? log1p(state.rest) : ZERO;
  const log = z.map((_, k): Value => {
    const d = state.d[k];
    return d ? trim(subtract(d, lse)) : finite ? Number.NEGATIVE_INFINITY : Number.NaN;
  });
  const q = z.map((_, k): Value => {
    const e = state.e[k];
    return e ? divide(e, state.total) : finite ? ZERO : Number.NaN;
  });
  // Σ_j |δ_jk − q_j|·size_j; float64 is sufficient for this estimate.
  const [share, size] = [
    q.map((own) => (typeof own === 'number' ? 0 : nearest(own))),
    z.map((own) => nearest(own.size)),
  ];
  const all = size.reduce((sum, own, j) => sum + own * (share[j] as number), 0);
  const moved = z.map((_, k) => {
    const [own, p] = [size[k] as number, share[k] as number];
    const others = finite ? nearest(othersOf(state, k)) : 0;
    return Math.max(0, all - own * p) + own * others;
  });
  const impossible = z.map(({ value }) => value === Number.NEGATIVE_INFINITY);
  return { state, impossible, log, q, moved, blur: 2 * Math.max(...size) };
}

/** An infinite logit decides with certainty. */
function pair(z: Sized): readonly Sized[] {
  const { value } = z;
  if (value === Number.POSITIVE_INFINITY) return [NONE, { value: -value, size: ZERO }];
  return [z, NONE];
}

function stateOf(z: readonly Value[]): State {
  const lost = z.filter((value) => typeof value === 'number');
  if (lost.some(Number.isNaN)) return { kind: 'nan', ...LOST };
  if (lost.includes(Number.POSITIVE_INFINITY)) return { kind: 'infinite', ...LOST };
  const possible = z.filter((value) => typeof value !== 'number');
  if (possible.length === 0) return { kind: 'impossible', ...LOST };
  const max = possible.reduce((a, b) => (subtract(a, b).m < 0n ? b : a));
  const at = z.indexOf(max);
  const d = z.map((value) => (typeof value === 'number' ? undefined : subtract(value, max)));
  const e = d.map((own) => (own ? (own.m === 0n ? ONE : exp(own)) : undefined));
  const rest = total(e.filter((own, k) => own !== undefined && k !== at) as Big[]);
  return { kind: 'finite', max, d, e, at, sunk: ZERO, rest, total: add(ONE, rest) };
}

const LOST_TERM: Sized = { value: Number.NaN, size: ZERO };
const larger = (a: Big, b: Big): Big => (subtract(a, b).m < 0n ? b : a);

/** The gradient of −log q(chosen): q − e_chosen, with 1 − q from the others; exactly 0 at −inf. */
export function chosen({ state, impossible, q }: Choice, which: number): Sized[] {
  return q.map((own, k): Sized => {
    if (impossible[k]) return NONE;
    if (typeof own === 'number') return LOST_TERM;
    return k === which ? { value: negate(othersOf(state, k)), size: ONE } : { value: own, size: own };
  });
}

/**
 * The gradient of Σ g·q, or of Σ g·log q; g is undefined where it is not read. Returns also the
 * value for the parent.
 */
export function carried(
  { state, impossible, q }: Choice,
  g: readonly (Sized | undefined)[],
  log: boolean,
): { readonly dz: readonly Sized[]; readonly above: Sized } {
  const { kind } = state;
  const lost = impossible.map((none) => (none ? NONE : LOST_TERM));
  if (kind === 'nan' || kind === 'infinite') {
    const all = g.flatMap((own, k) => (own && !impossible[k] ? [own] : []));
    return { dz: lost, above: log ? all.reduce(plus, NONE) : LOST_TERM };
  }
  const taking = g.map((own, k) => (state.e[k] ? own : undefined));
  if (taking.some((own) => typeof own?.value === 'number')) {
    const read = taking.map((own) => (typeof own?.value === 'number' ? own.value : own && 0));
    const dz = pulled(read).map((value) => (value === undefined ? NONE : { value, size: ZERO }));
    return { dz, above: { value: sumOf(read), size: ZERO } };
  }
  const values = taking.map((own) => own?.value as Big | undefined);
  const weigh = (k: number, b: Big) => trim(log ? b : multiply(q[k] as Big, b));
  const sum = total(values.flatMap((own, k) => (own ? [weigh(k, own)] : [])));
  const size = total(taking.flatMap((own, k) => (own ? [weigh(k, own.size)] : [])));
  const origin = values[state.at] ?? ZERO;
  const mean = total(values.flatMap((own, k) => (own ? [weigh(k, subtract(own, origin))] : [])));
  const dz = taking.map((own, k): Sized => {
    if (!state.e[k]) return NONE;
    const share = q[k] as Big;
    const value = (own?.value ?? ZERO) as Big;
    if (!log)
      return {
        value: trim(multiply(share, subtract(subtract(value, origin), mean))),
        size: trim(multiply(share, larger(own?.size ?? ZERO, size))),
      };
    const pushed = subtract(multiply(value, othersOf(state, k)), multiply(share, subtract(sum, value)));
    return { value: trim(pushed), size: larger(own?.size ?? ZERO, trim(multiply(share, size))) };
  });
  return { dz, above: { value: sum, size: larger(size, absolute(sum)) } };
}
