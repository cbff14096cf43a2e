import {
  absolute,
  add,
  type Big,
  big,
  divide,
  exponentOf,
  multiply,
  nearest,
  ONE,
  subtract,
  total,
  trim,
  ZERO,
} from './big.ts';
import { power, squareRoot } from './power.ts';
import type { Kind } from './state.ts';

/** α-entmax of one row, 1 < α < ∞. Entries that are masked, or −inf, have no place in it. */
export interface Sparse {
  readonly kind: Kind;
  readonly z: readonly (Big | undefined)[];
  /** 0 outside the support, exactly. */
  readonly p: readonly Big[];
}

const SOLVED = new Map<string, Sparse>();
const MOST = 4000;

/** Values, losses and gradients are asked about the same rows. */
export function sparseOf(
  x: readonly number[],
  allowed: readonly boolean[] | undefined,
  alpha: number,
): Sparse {
  const inside = x.map((v, k) => ((allowed?.[k] ?? true) ? v : undefined));
  const key = `${inside.join()} ${alpha}`;
  const known = SOLVED.get(key);
  if (known) return known;
  if (SOLVED.size >= MOST) SOLVED.clear();
  const made = solve(inside, alpha);
  SOLVED.set(key, made);
  return made;
}

function solve(inside: readonly (number | undefined)[], alpha: number): Sparse {
  const seen = inside.filter((v) => v !== undefined);
  const p = inside.map(() => ZERO);
  const nothing = { z: inside.map(() => undefined), p };
  if (seen.some(Number.isNaN)) return { kind: 'nan', ...nothing };
  if (seen.includes(Number.POSITIVE_INFINITY)) return { kind: 'infinite', ...nothing };
  const z = inside.map((v) => (v === undefined || v === Number.NEGATIVE_INFINITY ? undefined : big(v)));
  const places = z.flatMap((v, k) => (v ? [k] : []));
  if (places.length === 0) return { kind: seen.length ? 'impossible' : 'masked', ...nothing };
  places.sort((a, b) => (inside[b] as number) - (inside[a] as number));
  const sorted = places.map((k) => z[k] as Big);
  const count = supportOf(sorted, alpha);
  const found = shares(sorted.slice(0, count), alpha);
  for (const [rank, share] of found.entries()) p[places[rank] as number] = share;
  return { kind: 'finite', z, p };
}

/**
 * How many of the values, largest first, have Σ [s·(zᵢ − zₖ)]₊^{1/s} < 1 with the threshold at
 * their own place.
 */
function supportOf(sorted: readonly Big[], alpha: number): number {
  let [inside, outside] = [0, sorted.length];
  while (outside - inside > 1) {
    const middle = (inside + outside) >> 1;
    if (belowOne(sorted, middle, alpha)) inside = middle;
    else outside = middle;
  }
  return outside;
}

/** Sums that differ from 1 by less than this are 1: a power is not more exact. */
const SAME = -300;

function belowOne(sorted: readonly Big[], at: number, alpha: number): boolean {
  const s = subtract(big(alpha), ONE);
  const own = sorted[at] as Big;
  const u = sorted.slice(0, at).map((v) => multiply(s, subtract(v, own)));
  if (subtract(u[0] ?? ZERO, ONE).m > 0n) return false;
  if (alpha === 2 || alpha === 1.5) {
    const sum = u.map((v) => (alpha === 2 ? v : multiply(v, v))).reduce(add, ZERO);
    return subtract(sum, ONE).m < 0n;
  }
  const q = divide(ONE, s);
  const rough = u.reduce((sum, v) => sum + nearest(v) ** nearest(q), 0);
  if (Math.abs(rough - 1) > 1e-4) return rough < 1;
  const less = subtract(ONE, total(u.map((v) => power(v, q))));
  return less.m > 0n && exponentOf(less) > SAME;
}

/**
 * p of the support, largest first: exact fractions for α = 2, a root for 1.5, Newton's iteration
 * for all others.
 */
function shares(support: readonly Big[], alpha: number): readonly Big[] {
  const s = subtract(big(alpha), ONE);
  const low = support.at(-1) as Big;
  const a = support.map((v) => multiply(s, subtract(v, low)));
  const k = big(support.length);
  if (support.length === 1) return [ONE];
  if (alpha === 2) {
    const left = subtract(ONE, a.reduce(add, ZERO));
    return a.map((v) => divide(add(multiply(k, v), left), k));
  }
  if (alpha === 1.5) {
    // k·v² + 2v·Σa + Σa² = 1.
    const sum = a.reduce(add, ZERO);
    const left = subtract(ONE, a.map((v) => multiply(v, v)).reduce(add, ZERO));
    const root = squareRoot(add(multiply(sum, sum), multiply(k, left)));
    const v = divide(left, add(sum, root));
    return a.map((each) => {
      const u = trim(add(each, v));
      return trim(multiply(u, u));
    });
  }
  return newton(a, s);
}

/**
 * Σ (aᵢ + w)^{1/s} = 1 by Newton's iteration on w where s < 1 (convex in w), on t = w^{1/s}, the
 * smallest p, where s > 1 (convex in t): after the first step it falls to the root. Ended when a
 * step is below 2^−150 of what it changes.
 */
function newton(a: readonly Big[], s: Big): readonly Big[] {
  const q = divide(ONE, s);
  const steep = subtract(s, ONE).m > 0n;
  const at = (v: Big) => {
    const w = steep ? power(v, s) : v;
    const u = a.map((each) => trim(add(each, w)));
    const p = u.map((each, k) => (steep && a[k]?.m === 0n ? v : power(each, q)));
    const ratios = u.map((each, k) => divide(p[k] as Big, each));
    // d Σp: q·Σ p/u for w; for t the same times dw/dt = s·w/t.
    const slope = steep ? divide(multiply(total(ratios), w), v) : multiply(q, total(ratios));
    return { p, excess: subtract(total(p), ONE), slope: trim(slope) };
  };
  let v = start(a, s);
  for (let step = 0; step < 200; step++) {
    const { p, excess, slope } = at(v);
    const by = divide(excess, slope);
    if (excess.m === 0n || exponentOf(absolute(by)) < exponentOf(v) - 150) {
      const next = trim(subtract(v, by));
      return exponentOf(absolute(by)) < exponentOf(v) - 300 ? p : at(next).p;
    }
    const next = trim(subtract(v, by));
    // A first step from the wrong side may pass 0.
    v = next.m > 0n ? next : { m: v.m, e: v.e - 1 };
  }
  throw new Error('the threshold was not found');
}

/** The root in float64, by bisection of the exponent and then of the number. */
function start(a: readonly Big[], s: Big): Big {
  const near = a.map(nearest);
  const [n, q] = [nearest(s), 1 / nearest(s)];
  const steep = n > 1;
  const above = (v: number) => near.reduce((sum, each) => sum + (each + (steep ? v ** n : v)) ** q, 0) > 1;
  let [low, high] = [-1074, 0];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (above(2 ** middle)) high = middle;
    else low = middle;
  }
  return big(2 ** high);
}
