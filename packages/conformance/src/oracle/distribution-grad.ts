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
import { blurOf, type DistributionExample, rowOf } from './distribution.ts';
import { Expected } from './expected.ts';
import { exp } from './exponential.ts';
import { cutRows } from './rows.ts';
import { distanceOf, othersOf, type Row, type State, stateOf } from './state.ts';
import { isEndless, pulled } from './unbounded.ts';

/**
 * The vector–Jacobian product of softmax(±x) or of its logarithm, and on through ±, 1/T and the
 * cap.
 */
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
    const t = row.temperature ?? 1;
    // Entries without an exponential (masked, −inf) take no part, and their dy is not read.
    const read = at.map((place, k) => (state.d[k] ? (dy[place] as number) : undefined));
    if (read.some(isEndless)) {
      const sign = t === 0 || t === Number.POSITIVE_INFINITY ? undefined : negated ? -1 : 1;
      for (const [k, value] of pulled(read).entries())
        if (value !== undefined && sign) out.set(at[k] as number, value * sign);
      continue;
    }
    const g = read.map((own) => (own === undefined ? undefined : big(own)));
    const terms = kind === 'softmax' ? ofSoftmax(state, g) : ofLogSoftmax(state, g);
    for (const [k, place] of at.entries()) {
      const impossible = row.x[k] === (negated ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
      if (lost && !impossible && (row.allowed?.[k] ?? true)) out.set(place, Number.NaN);
      const term = terms[k];
      if (!term || t === 0 || t === Number.POSITIVE_INFINITY) continue;
      const chain = back(row, k, t);
      const largest = trim(multiply(trim(term.largest), absolute(chain)));
      out.set(place, trim(multiply(trim(term.value), chain)), distanceOf(state.d[k]), largest);
      out.blur[place] = blurOf(row, row.x[k] as number);
    }
  }
  return out;
}

interface Term {
  readonly value: Big;
  readonly largest: Big;
}
type Cotangent = readonly (Big | undefined)[];

const larger = (a: Big, b: Big): Big => (subtract(a, b).m < 0n ? b : a);
const shares = ({ e, total: sum }: State): Big[] => e.map((own) => (own ? divide(own, sum) : ZERO));

/**
 * p·(g − Σ p·g), relative to the g of the likeliest entry: nothing cancels where p is close to
 * one-hot.
 */
function ofSoftmax(state: State, g: Cotangent): (Term | undefined)[] {
  const p = shares(state);
  const origin = g[state.at] ?? ZERO;
  const sum = (f: (own: Big) => Big) =>
    total(g.map((own, k) => (own ? multiply(p[k] as Big, f(own)) : ZERO)));
  const mean = sum((own) => subtract(own, origin));
  const sunk = state.total.m === 0n ? ZERO : multiply(divide(state.sunk, state.total), origin);
  const size = sum(absolute);
  return g.map((own, k) => {
    if (!own) return undefined;
    const centred = add(subtract(subtract(own, origin), mean), sunk);
    const share = p[k] as Big;
    return { value: multiply(share, centred), largest: multiply(share, larger(absolute(own), size)) };
  });
}

/** g − p·Σ g = g·(1 − p) − p·Σ of the others. */
function ofLogSoftmax(state: State, g: Cotangent): (Term | undefined)[] {
  const p = shares(state);
  const taking = g.filter((own) => own !== undefined);
  const [all, size] = [total(taking), total(taking.map(absolute))];
  return g.map((own, k) => {
    if (!own) return undefined;
    const share = p[k] as Big;
    const value = subtract(multiply(own, othersOf(state, k)), multiply(share, subtract(all, own)));
    return { value, largest: larger(absolute(own), multiply(share, size)) };
  });
}

/** ±1/T·sech²(x/c): how the logit that is normalised depends on x. */
function back({ x, softcap = 0, negate: negated = false }: Row, k: number, t: number): Big {
  const slope = divide(negated ? negate(ONE) : ONE, big(t));
  if (softcap === 0) return slope;
  const u = divide(big(x[k] as number), big(softcap));
  const e = exp(multiply(big(-2), absolute(u)));
  const sum = add(ONE, e);
  return trim(multiply(slope, divide(multiply(big(4), e), multiply(sum, sum))));
}
