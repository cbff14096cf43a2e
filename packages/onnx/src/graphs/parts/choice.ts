import type { FloatType } from '@softmax/core';
import type { GraphBuilder, Value } from '../../model/builder.ts';
import { log1p } from './arithmetic.ts';
import { endlessBy } from './cotangents.ts';
import { exponentials, parts } from './exponentials.ts';
import { gather, isBounded, isImpossible, rowsOf, scatter, sum, zeroWhere } from './row.ts';

/** One choice for each row of logits, `[rows, classes]`. */
export interface Choice {
  readonly z: Value;
  readonly q: Value;
  readonly log: Value;
  /** The index of the most probable class, Σ e without its own e, which is 1, and Σ e. */
  readonly at: Value;
  readonly rest: Value;
  readonly total: Value;
  readonly wide: boolean;
}

export function choice(g: GraphBuilder, z: Value, dtype: FloatType): Choice {
  const terms = exponentials(g, z, { dtype });
  const { at, rest, total } = parts(g, terms);
  const log = g.op('Sub', g.op('Sub', z, terms.max), log1p(g, rest));
  return { z, q: g.op('Div', terms.e, total), log, at, rest, total, wide: terms.wide };
}

/** The probability of a child, or its logarithm. Below probability 0 nothing is read: 0·NaN. */
export function under(g: GraphBuilder, own: Value, above: Value, log: boolean): Value {
  const none = log ? Number.NEGATIVE_INFINITY : 0;
  return g.op('Where', g.op('Equal', above, none), none, g.op(log ? 'Add' : 'Mul', own, above));
}

interface Loss {
  readonly loss: Value;
  readonly dz: Value;
}

interface Carried {
  readonly dz: Value;
  readonly above: Value;
}

/** −log q(target), and its gradient q − e_target, exactly 0 where a logit is −inf. */
export function choose(g: GraphBuilder, { z, q, log, at, rest, total }: Choice, target: Value): Loss {
  // 1 − q of the most probable class is rest/Σ e: nothing cancels.
  const likeliest = g.op('Neg', g.op('Div', rest, total));
  const pulled = g.op('Where', g.op('Equal', at, target), likeliest, g.op('Sub', gather(g, q, target), 1));
  const dz = scatter(g, q, target, pulled);
  return { loss: g.op('Neg', gather(g, log, target)), dz: zeroWhere(g, isImpossible(g, z), dz) };
}

/**
 * The vector–Jacobian product: for log q with cotangents dy, dy − q·Σ dy; for the mean Σ q·dy,
 * q ∘ (dy − Σ q·dy). `above` is that sum or mean. dy is relative to its value at the most probable
 * class, so nothing cancels for q close to one-hot. Impossible classes take no part.
 */
export function carry(
  g: GraphBuilder,
  { z, q, at, rest, total, wide }: Choice,
  dy: Value,
  log: boolean,
): Carried {
  const none = isImpossible(g, z);
  const own = zeroWhere(g, none, dy);
  const origin = gather(g, own, at);
  const relative = g.op('Sub', own, origin);
  const terms = log ? own : zeroWhere(g, none, g.op('Mul', q, relative));
  const others = sum(g, scatter(g, terms, at, rowsOf(g, 0, at)), wide);
  const above = g.op('Add', origin, others);
  const each = log
    ? scatter(
        g,
        g.op('Sub', own, g.op('Mul', q, above)),
        at,
        g.op('Div', g.op('Sub', g.op('Mul', origin, rest), others), total),
      )
    : g.op('Mul', q, g.op('Sub', relative, others));
  const plain = zeroWhere(g, none, each);
  const dz = endlessBy(g, plain, { dy: own, unread: none, total: above });
  // An infinite origin is subtracted from the others.
  const all = log ? above : g.op('Where', isBounded(g, above), above, sum(g, own, wide));
  return { dz, above: all };
}
