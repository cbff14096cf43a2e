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
import { exp, log, log1p } from './exponential.ts';
import type { LogSumExpExample } from './log-sum-exp.ts';
import { cutRows } from './rows.ts';
import { isEndless, signOf } from './unbounded.ts';

export interface SignedExample extends LogSumExpExample {
  /** As long as x. */
  readonly b: readonly number[];
  readonly returnSign?: boolean;
}

export interface SignedAnswer {
  readonly y: Expected;
  readonly sign: Expected;
  readonly dx: Expected;
  readonly db: Expected;
}

interface Sum {
  /** The sign; NaN where the sum is not a number. */
  readonly sign: number;
  /** log |Σ b·e^x|, and the largest of what it is the sum of, its condition among them. */
  readonly y: Big | number;
  readonly size: number;
  /** Σ |b|·e^x over |Σ b·e^x|: 1 where nothing cancels. */
  readonly condition?: Big;
  /** Where there are gradients: e^(x − max), Σ b·e^(x − max). */
  readonly e?: readonly (Big | undefined)[];
  readonly sum?: Big;
}

/** A row of terms; those with b = 0 are not there. */
function sumOf(x: readonly number[], b: readonly number[]): Sum {
  const there = x.map((_, k) => k).filter((k) => b[k] !== 0);
  if (there.some((k) => Number.isNaN(x[k]) || Number.isNaN(b[k])))
    return { sign: Number.NaN, y: Number.NaN, size: 1 };
  const infinite = there
    .filter((k) => x[k] === Number.POSITIVE_INFINITY)
    .map((k) => Math.sign(b[k] as number));
  if (infinite.length) {
    const agree = infinite.every((s) => s === infinite[0]);
    return agree
      ? { sign: infinite[0] as number, y: Number.POSITIVE_INFINITY, size: 1 }
      : { sign: Number.NaN, y: Number.NaN, size: 1 };
  }
  const possible = there.filter((k) => x[k] !== Number.NEGATIVE_INFINITY);
  const max = Math.max(...possible.map((k) => x[k] as number));
  const e = x.map((v, k) => (possible.includes(k) ? exp(subtract(big(v), big(max))) : undefined));
  const terms = possible.map((k) => trim(multiply(big(b[k] as number), e[k] ?? ZERO)));
  // Untrimmed: what is left of terms that cancel may be far below them.
  const sum = terms.reduce(add, ZERO);
  if (sum.m === 0n) return { sign: 0, y: Number.NEGATIVE_INFINITY, size: 0, e, sum };
  const lead = terms.reduce((a, c) => (subtract(absolute(a), absolute(c)).m < 0n ? c : a));
  // log |lead| + max is near 0 where one of them cancels the other; the rest keeps its digits
  // however small it is.
  const rest = divide(total(terms.toSpliced(terms.indexOf(lead), 1)), lead);
  const own = nearest(rest) > -0.5 ? log1p(rest) : log(absolute(divide(sum, lead)));
  const top = add(big(max), log(absolute(lead)));
  const condition = divide(total(terms.map(absolute)), absolute(sum));
  const apart = terms.every((t) => t.m < 0n === sum.m < 0n) ? 0 : nearest(condition);
  const size = Math.max(Math.abs(max), Math.abs(nearest(log(absolute(lead)))), apart);
  return { sign: sum.m < 0n ? -1 : 1, y: add(top, own), size, condition, e, sum };
}

/** log |Σ b·e^x|, its sign, and the gradients for dy. */
export function signedLogSumExp(example: SignedExample, dy: ArrayLike<number>): SignedAnswer {
  const { x, b, shape, dtype, axis, mask, returnSign = false } = example;
  const { rows, reduced, n } = cutRows(shape, axis);
  const sums = rows.map((at) =>
    sumOf(
      at.map((k) => x[k] as number),
      at.map((k) => ((mask?.[k] ?? true) ? (b[k] as number) : 0)),
    ),
  );
  // One ulp where all terms are of one sign; where they cancel, one of the largest part.
  const cancels = example.b.some((v) => v < 0) && example.b.some((v) => v > 0);
  const y = new Expected(cancels ? 'sum-of-terms' : 'log-sum', dtype, reduced, n);
  const sign = new Expected('probability', dtype, reduced, n);
  const dx = new Expected('sum-of-terms', dtype, shape, n);
  const db = new Expected('sum-of-terms', dtype, shape, n);
  for (const [row, at] of rows.entries()) {
    const own = sums[row] as Sum;
    const negative = own.sign < 0 && !returnSign;
    const value = negative ? Number.NaN : own.y;
    const size = typeof value === 'number' ? Math.abs(value) : Math.abs(nearest(value));
    y.set(row, value, own.size, cancels ? Math.max(size, own.size) : 0);
    sign.set(row, own.sign);
    for (const [k, place] of at.entries()) {
      const e = own.e?.[k];
      if (!e || !own.sum) continue;
      if (own.sum.m === 0n) {
        // Divided by +0, and 0 where dy is.
        const slope = dy[row] === 0 ? 0 : (dy[row] as number) * Number.POSITIVE_INFINITY;
        dx.set(place, Math.sign(b[place] as number) * slope);
        db.set(place, slope);
        continue;
      }
      if (negative) {
        dx.set(place, Number.NaN);
        db.set(place, Number.NaN);
        continue;
      }
      if (isEndless(dy[row])) {
        const g = (dy[row] as number) * signOf(own.sum);
        dx.set(place, g * Math.sign(b[place] as number));
        db.set(place, g);
        continue;
      }
      const pull = divide(multiply(e, big(dy[row] as number)), own.sum);
      const factor = big(b[place] as number);
      const set = (out: Expected, exact: Big) =>
        out.set(place, trim(exact), 0, trim(absolute(multiply(exact, own.condition ?? ONE))));
      set(dx, multiply(pull, factor));
      set(db, pull);
    }
  }
  return { y, sign, dx, db };
}
