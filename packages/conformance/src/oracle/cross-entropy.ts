import { absolute, add, type Big, big, divide, multiply, ONE, subtract, total, trim, ZERO } from './big.ts';
import type { Expected } from './expected.ts';
import { log1p } from './exponential.ts';
import {
  type Gradient,
  type LikelihoodExample,
  likelihood,
  type Solved,
  weightedTarget,
} from './likelihood.ts';
import { othersOf, type State, stateOf } from './state.ts';

export interface CrossEntropyExample extends LikelihoodExample {
  readonly zLoss?: number;
}

export const crossEntropy = (
  example: CrossEntropyExample,
): { readonly loss: Expected; readonly dx: Expected; readonly dt: Expected } => likelihood(example, solve);

/** l = Σ_c a_c·(lse − x_c) + z·lse², a = w ∘ q; dl/dx = (Σ a)·p − a + 2z·lse·p. */
function solve(example: CrossEntropyExample, at: readonly number[], row: number): Solved {
  const x = at.map((k) => example.x[k] as number);
  const allowed = at.map((k) => example.mask?.[k] ?? true);
  const state = stateOf({ x, allowed });
  if (state.kind !== 'finite') return { loss: Number.NaN, size: ONE, ...lostGradients(example, at) };
  const log = log1p(state.rest);
  const lse = add(state.max, log);
  const weighted = weightedTarget(example, at, row);
  const a = weighted.filter((own) => own !== undefined);
  const dt = example.probabilities ? targetGradient(example, at, state, log) : [];
  if (a.length < at.length) return { loss: Number.NaN, size: ONE, dx: undefined, dt };
  const terms = a.flatMap((own, k) =>
    own.m === 0n ? [] : [state.d[k] ? multiply(own, subtract(log, state.d[k])) : undefined],
  );
  const z = big(example.zLoss ?? 0);
  const zTerm = trim(multiply(z, multiply(lse, lse)));
  const finite = terms.filter((term) => term !== undefined);
  const loss = finite.length < terms.length ? Number.POSITIVE_INFINITY : total([...finite, zTerm]);
  return {
    loss,
    size: total([...finite, zTerm].map(absolute)),
    dx: gradient(state, a, trim(multiply({ m: 2n * z.m, e: z.e }, lse))),
    dt,
  };
}

/**
 * Those of a row without a distribution: NaN, but 0 at −inf, at masked classes, and for a target of
 * weight 0.
 */
function lostGradients({ x, mask, weight }: CrossEntropyExample, at: readonly number[]) {
  const lost = { value: Number.NaN, largest: ONE, distance: ZERO };
  const seen = (place: number) => mask?.[place] ?? true;
  return {
    dx: at.map((place) => (seen(place) && x[place] !== Number.NEGATIVE_INFINITY ? lost : undefined)),
    dt: at.map((place, k) => (seen(place) && weight?.[k] !== 0 ? lost : undefined)),
  };
}

/** −(1 − α)·w∘log p: +inf where p is 0, 0 at masked classes and those of weight 0. */
function targetGradient(
  { labelSmoothing = 0, weight, mask }: CrossEntropyExample,
  at: readonly number[],
  { d }: State,
  log: Big,
): Gradient {
  const left = subtract(ONE, big(labelSmoothing));
  return at.map((place, k) => {
    const w = multiply(left, big(weight?.[k] ?? 1));
    if (w.m === 0n || mask?.[place] === false) return undefined;
    const own = d[k];
    if (!own) return { value: Number.POSITIVE_INFINITY, largest: ONE, distance: ZERO };
    const value = trim(multiply(w, subtract(log, own)));
    return { value, largest: absolute(value), distance: absolute(own) };
  });
}

/** p·A − a + tilt·p, A = Σ a, as p·(A − a) − a·(1 − p) + tilt·p. */
function gradient(state: State, a: readonly Big[], tilt: Big): Gradient {
  const mass = total(a);
  return state.e.map((own, k) => {
    if (!own) return undefined;
    const p = divide(own, state.total);
    const q = a[k] as Big;
    const tilted = trim(multiply(p, tilt));
    const pulled = subtract(multiply(p, subtract(mass, q)), multiply(q, othersOf(state, k)));
    const terms = [trim(multiply(p, mass)), tilted, q].map(absolute);
    const largest = terms.reduce((b, c) => (subtract(b, c).m < 0n ? c : b));
    return { value: trim(add(pulled, tilted)), largest, distance: absolute(state.d[k] as Big) };
  });
}
