import type { Axis, FloatType, Shape } from '@softmax/core';
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
import { Expected } from './expected.ts';
import { log } from './exponential.ts';
import { cutRows } from './rows.ts';
import { isEndless, lifted } from './unbounded.ts';

/** Probabilities, with those to compare them to for the divergence, without for the entropy. */
export interface DivergenceExample {
  readonly p: readonly number[];
  readonly q?: readonly number[];
  readonly shape: Shape;
  readonly dtype: FloatType;
  readonly axis?: Axis;
  readonly keepDims?: boolean;
}

export interface Divergence {
  /** Σ p·log(p/q), or −Σ p·log p. */
  readonly y: Expected;
  readonly dp: Expected;
  readonly dq: Expected;
}

/** Its value and its gradients for dy, one for each row. */
export function divergence(example: DivergenceExample, dy: readonly number[]): Divergence {
  const { p, q, shape, dtype, axis } = example;
  const { rows, reduced, n } = cutRows(shape, axis);
  const y = new Expected('sum-of-terms', dtype, reduced, n);
  const dp = new Expected('sum-of-terms', dtype, shape, n);
  const dq = new Expected('sum-of-terms', dtype, shape, n);
  for (const [row, at] of rows.entries()) {
    const g = dy[row] as number;
    const terms: Big[] = [];
    let lost = 0;
    for (const place of at) {
      const [own, other] = [p[place] as number, q ? (q[place] as number) : 1];
      // 0·log 0 = 0, and 0·log(0/q) whatever q is.
      if (own === 0) continue;
      if (!(own > 0 && own < Number.POSITIVE_INFINITY && other > 0 && other < Number.POSITIVE_INFINITY)) {
        // log(p/0) = +∞, and its derivative by q is −∞; all else is not a number.
        const value =
          own > 0 && own < Number.POSITIVE_INFINITY && other === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
        lost += value;
        dp.set(place, value * g, 0, ONE);
        dq.set(place, -value * g, 0, ONE);
        continue;
      }
      const ratio = divide(big(own), big(other));
      const bits = own === other ? ZERO : log(ratio);
      terms.push(trim(multiply(big(own), bits)));
      if (isEndless(g)) {
        dp.set(place, lifted(q ? add(bits, ONE) : negate(add(bits, ONE)), g));
        dq.set(place, -g);
        continue;
      }
      const slope = q ? multiply(big(g), add(bits, ONE)) : negate(multiply(big(g), add(bits, ONE)));
      const size = subtract(absolute(bits), ONE).m < 0n ? ONE : absolute(bits);
      dp.set(place, trim(slope), 0, trim(absolute(multiply(big(g), size))));
      const pull = negate(trim(multiply(big(g), ratio)));
      dq.set(place, pull, 0, absolute(pull));
    }
    if (lost !== 0) y.set(row, lost, 0, ONE);
    else y.set(row, q ? total(terms) : negate(total(terms)), 0, total(terms.map(absolute)));
  }
  return { y, dp, dq };
}
