import type { FloatType, Shape } from '@softmax/core';
import { absolute, add, type Big, big, divide, multiply, ONE, subtract, total, trim, ZERO } from './big.ts';
import { Expected } from './expected.ts';
import { log1p } from './exponential.ts';
import { cutRows } from './rows.ts';
import { othersOf, type State, stateOf } from './state.ts';

/** As a user states it; weights and dy already of the format that the backend gets them in. */
export interface CrossEntropyExample {
  readonly x: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly target: readonly number[];
  readonly axis?: number;
  readonly weight?: readonly number[];
  readonly ignoreIndex?: number;
  readonly labelSmoothing?: number;
  readonly mask?: readonly boolean[];
  readonly zLoss?: number;
  readonly reduction?: 'mean' | 'sum' | 'none';
  readonly tokenWeight?: readonly number[];
  readonly denominator?: number;
  readonly dy?: number | readonly number[];
}

/** One row's loss, infinite or NaN as a number; the sum of its terms' sizes; its gradient. */
interface Solved {
  readonly loss: Big | number;
  readonly size: Big;
  readonly dx: readonly { readonly value: Big; readonly largest: Big; readonly distance: Big }[] | undefined;
}

const NOTHING: Solved = { loss: ZERO, size: ZERO, dx: [] };

export function crossEntropy(example: CrossEntropyExample): {
  readonly loss: Expected;
  readonly dx: Expected;
} {
  const {
    shape,
    dtype,
    axis,
    target,
    weight,
    ignoreIndex = -100,
    reduction = 'mean',
    tokenWeight,
    dy = 1,
  } = example;
  const { rows, reduced, n } = cutRows(shape, axis);
  const loss = new Expected('sum-of-terms', dtype, reduction === 'none' ? reduced : [], n);
  const dx = new Expected('sum-of-terms', dtype, shape, n);
  const kept = rows.map((_, row) => (target[row] === ignoreIndex ? 0 : (tokenWeight?.[row] ?? 1)));
  const mass = total(
    kept.map((w, row) => (w ? multiply(big(w), big(weight?.[target[row] as number] ?? 1)) : ZERO)),
  );
  const empty = reduction === 'mean' && mass.m === 0n;
  const mean = example.denominator === undefined ? mass : big(example.denominator);
  const denominator = reduction === 'mean' && !empty ? mean : ONE;
  const solved = rows.map((at, row) =>
    kept[row] === 0 || empty ? NOTHING : solve(example, at, target[row] as number),
  );
  const scale = solved.map((_, row) => divide(big(kept[row] as number), denominator));
  for (const [row, at] of rows.entries()) {
    const own = multiply(scale[row] as Big, big(typeof dy === 'number' ? dy : (dy[row] as number)));
    const entries = solved[row]?.dx;
    for (const [k, place] of at.entries()) {
      const entry = entries?.[k];
      if (entry)
        dx.set(
          place,
          trim(multiply(entry.value, own)),
          distance(entry.distance),
          trim(absolute(multiply(entry.largest, own))),
        );
      else if (!entries && (example.mask?.[place] ?? true)) dx.set(place, Number.NaN);
    }
  }
  const shares = solved.map((each, row) =>
    kept[row] === 0
      ? ZERO
      : typeof each.loss === 'number'
        ? each.loss
        : multiply(each.loss, scale[row] as Big),
  );
  const sizes = solved.map(({ size }, row) => multiply(size, scale[row] as Big));
  if (reduction === 'none') for (const [row, share] of shares.entries()) loss.set(row, share, 0, sizes[row]);
  else loss.set(0, summed(shares), 0, total(sizes));
  return { loss, dx };
}

const distance = (d: Big): number => Math.abs(Number(d.m)) * 2 ** d.e || 0;

function summed(shares: readonly (Big | number)[]): Big | number {
  const lost = shares.filter((share) => typeof share === 'number');
  return lost.length
    ? lost.reduce((a, b) => a + b)
    : total(shares.filter((share) => typeof share !== 'number'));
}

/** l = Σ_c a_c·(lse − x_c) + z·lse², a = w ∘ q; dl/dx = (Σ a)·p − a + 2z·lse·p. */
function solve(example: CrossEntropyExample, at: readonly number[], y: number): Solved {
  const x = at.map((k) => example.x[k] as number);
  const allowed = at.map((k) => example.mask?.[k] ?? true);
  const state = stateOf({ x, allowed });
  if (state.kind !== 'finite') return { loss: Number.NaN, size: ONE, dx: undefined };
  const log = log1p(state.rest);
  const lse = add(state.max, log);
  const a = targets(example, allowed, y);
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
  };
}

function targets(
  { labelSmoothing = 0, weight }: CrossEntropyExample,
  allowed: readonly boolean[],
  y: number,
): Big[] {
  const alpha = big(labelSmoothing);
  const share = divide(alpha, big(allowed.filter(Boolean).length));
  return allowed.map((inside, k) => {
    const q = add(k === y ? subtract(ONE, alpha) : ZERO, inside ? share : ZERO);
    return trim(multiply(q, big(weight?.[k] ?? 1)));
  });
}

/** p·A − a + tilt·p, A = Σ a, as p·(A − a) − a·(1 − p) + tilt·p. */
function gradient(state: State, a: readonly Big[], tilt: Big): Solved['dx'] {
  const mass = total(a);
  return state.e.map((own, k) => {
    if (!own) return { value: ZERO, largest: ZERO, distance: ZERO };
    const p = divide(own, state.total);
    const q = a[k] as Big;
    const tilted = trim(multiply(p, tilt));
    const pulled = subtract(multiply(p, subtract(mass, q)), multiply(q, othersOf(state, k)));
    const terms = [trim(multiply(p, mass)), tilted, q].map(absolute);
    const largest = terms.reduce((b, c) => (subtract(b, c).m < 0n ? c : b));
    return { value: trim(add(pulled, tilted)), largest, distance: absolute(state.d[k] as Big) };
  });
}
