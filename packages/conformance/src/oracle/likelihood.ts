import type { FloatType, Shape } from '@softmax/core';
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
  trim,
  ZERO,
} from './big.ts';
import { Expected } from './expected.ts';
import { cutRows } from './rows.ts';
import { isEndless, lifted } from './unbounded.ts';

/** As a user states it; weights and dy already of the format that the backend gets them in. */
export interface LikelihoodExample {
  readonly x: ArrayLike<number>;
  readonly shape: Shape;
  readonly dtype: FloatType;
  /** The class of each row. */
  readonly target: readonly number[];
  /** In the shape of x, and instead of the target, which is then empty. */
  readonly probabilities?: readonly number[];
  readonly axis?: number;
  readonly weight?: readonly number[];
  readonly ignoreIndex?: number;
  readonly labelSmoothing?: number;
  readonly mask?: readonly boolean[];
  readonly reduction?: 'mean' | 'sum' | 'none';
  readonly tokenWeight?: readonly number[];
  readonly denominator?: number;
  readonly dy?: number | readonly number[];
}

/**
 * One row's loss, infinite or NaN as a number; the sum of its terms' sizes; its gradients, of which
 * 0 is left out.
 */
export interface Solved {
  readonly loss: Big | number;
  readonly size: Big;
  /**
   * What the loss moves by in float64 where one of its terms is more uncertain than it is large.
   * Default: 0.
   */
  readonly moved?: Big;
  /** Undefined where it is NaN. */
  readonly dx: Gradient | undefined;
  readonly dt?: Gradient | undefined;
}
export type Gradient = readonly (GradientTerm | undefined)[];
interface GradientTerm {
  readonly value: Big | number;
  readonly largest: Big;
  readonly distance: Big;
  /** See `Expected`. Default: 0. */
  readonly blur?: number;
}

const NOTHING: Solved = { loss: ZERO, size: ZERO, dx: [], dt: [] };

/** The losses of rows, weighed and reduced, and their gradients. */
export function likelihood<E extends LikelihoodExample>(
  example: E,
  solve: (example: E, at: readonly number[], row: number) => Solved,
): { readonly loss: Expected; readonly dx: Expected; readonly dt: Expected } {
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
  const dt = new Expected('sum-of-terms', dtype, shape, n);
  const ignored = (row: number) => !example.probabilities && target[row] === ignoreIndex;
  const kept = rows.map((_, row) => (ignored(row) ? 0 : (tokenWeight?.[row] ?? 1)));
  // A mean over probabilities divides by the rows, one over classes by the weights of the targets.
  const share = (row: number) => (example.probabilities ? 1 : (weight?.[target[row] as number] ?? 1));
  const mass = total(kept.map((w, row) => (w ? multiply(big(w), big(share(row))) : ZERO)));
  const empty = reduction === 'mean' && mass.m === 0n;
  const mean = example.denominator === undefined ? mass : big(example.denominator);
  const denominator = reduction === 'mean' && !empty ? mean : ONE;
  const solved = rows.map((at, row) => (kept[row] === 0 || empty ? NOTHING : solve(example, at, row)));
  const scale = solved.map((_, row) => divide(big(kept[row] as number), denominator));
  for (const [row, at] of rows.entries()) {
    const g = typeof dy === 'number' ? dy : (dy[row] as number);
    const own = multiply(scale[row] as Big, isEndless(g) ? ONE : big(g));
    for (const [out, entries] of [
      [dx, solved[row]?.dx],
      [dt, solved[row]?.dt],
    ] as const)
      for (const [k, place] of at.entries())
        if (entries) put(out, place, entries[k], own, isEndless(g) ? g : undefined);
        else if (example.mask?.[place] ?? true) out.set(place, Number.NaN);
  }
  const shares = solved.map((each, row) =>
    kept[row] === 0
      ? ZERO
      : typeof each.loss === 'number'
        ? each.loss
        : multiply(each.loss, scale[row] as Big),
  );
  const sizes = solved.map(({ size }, row) => multiply(size, scale[row] as Big));
  const moved = solved.map((each, row) => multiply(each.moved ?? ZERO, scale[row] as Big));
  const setLoss = (at: number, value: Big | number, size: Big, more: Big) => {
    loss.set(at, value, 0, size);
    loss.blur[at] = size.m === 0n ? 0 : 8 * nearest(divide(more, size));
  };
  if (reduction === 'none')
    for (const [row, share] of shares.entries()) setLoss(row, share, sizes[row] as Big, moved[row] as Big);
  else setLoss(0, summed(shares), total(sizes), total(moved));
  return { loss, dx, dt };
}

/** Sets value·scale, or of a cotangent that is not finite value·scale·dy. */
function put(
  out: Expected,
  place: number,
  term: GradientTerm | undefined,
  scale: Big,
  dy: number | undefined,
): void {
  if (!term) return;
  const { value, largest } = term;
  if (dy !== undefined) {
    out.set(place, typeof value === 'number' ? value * dy : lifted(multiply(value, scale), dy));
    return;
  }
  const exact = typeof value === 'number' ? value * Math.sign(Number(scale.m)) : trim(multiply(value, scale));
  out.set(place, exact, distance(term.distance), trim(absolute(multiply(largest, scale))));
  out.blur[place] = term.blur ?? 0;
}

const distance = (d: Big): number => Math.abs(Number(d.m)) * 2 ** d.e || 0;

function summed(shares: readonly (Big | number)[]): Big | number {
  const lost = shares.filter((share) => typeof share === 'number');
  return lost.length
    ? lost.reduce((a, b) => a + b)
    : total(shares.filter((share) => typeof share !== 'number'));
}

/**
 * a = w ∘ q, q = (1 − α)·target + α/K over the K classes that the mask allows, where a masked class
 * has none.
 */
export function weightedTarget(
  { labelSmoothing = 0, weight, mask, probabilities, target }: LikelihoodExample,
  at: readonly number[],
  row: number,
): (Big | undefined)[] {
  const allowed = at.map((place) => mask?.[place] ?? true);
  const [alpha, left] = [big(labelSmoothing), subtract(ONE, big(labelSmoothing))];
  const share = divide(alpha, big(allowed.filter(Boolean).length));
  return allowed.map((inside, k) => {
    const w = weight?.[k] ?? 1;
    if (!inside || w === 0) return ZERO;
    const own = probabilities ? (probabilities[at[k] as number] as number) : Number(k === target[row]);
    // The row reports a probability that is NaN or infinite.
    if (!Number.isFinite(own)) return undefined;
    return trim(multiply(add(multiply(left, big(own)), share), big(w)));
  });
}
