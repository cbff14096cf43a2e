import type { FloatType, SignedLogSum } from '@softmax/core';
import { ALL, GraphBuilder, ROWS, type Value } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import { expm1, log1p } from './parts/arithmetic.ts';
import { power } from './parts/exponentials.ts';
import { scaled, unitOf, unscaledBy } from './parts/magnitude.ts';
import { CANCELLED, outputDoubts, SMALL } from './parts/near-one.ts';
import {
  any,
  argMax,
  gather,
  isBounded,
  isImpossible,
  rowsOf,
  scatter,
  sum,
  zeroWhere,
} from './parts/row.ts';

export interface SignedLogSumExpVariant {
  readonly dtype: FloatType;
  readonly mask: boolean;
  readonly signed: boolean;
  readonly doubts: boolean;
}

export const signedLogSumExpVariant = (
  { dtype, signed, doubts = false }: SignedLogSum & { readonly doubts?: boolean },
  given: { readonly mask?: unknown },
): SignedLogSumExpVariant => ({ dtype, mask: given.mask !== undefined, signed, doubts });

interface Terms {
  readonly x: Value;
  readonly b: Value;
  /** Where b = 0 there is no term, whatever its x is. */
  readonly gone: Value;
  /** The same, or x = −inf. */
  readonly none: Value;
  /** log |b·e^x|. */
  readonly size: Value;
  /** log of the largest |b·e^x|, its x, and the power of two that b is taken relative to. */
  readonly log: Value;
  readonly max: Value;
  readonly unit: Value;
  /** b·e^x, their largest and their sum, relative to unit·e^max: factors that cancel do so exactly. */
  readonly t: Value;
  readonly lead: Value;
  readonly total: Value;
  /** The sum without its largest term. */
  readonly others: Value;
  /** The size of what `total` is the sum of: its error is 2⁻⁵³ of that. */
  readonly spread: Value;
}

function terms(g: GraphBuilder, { dtype, mask }: SignedLogSumExpVariant): Terms {
  const x = g.double('x', dtype, ALL);
  const given = g.double('b', dtype, ALL);
  const b = mask ? g.op('Where', g.input('mask', 'bool', ALL), given, 0) : given;
  const gone = g.op('Equal', b, 0);
  const logOfB = g.op('Log', g.op('Abs', b));
  const size = g.op('Where', gone, Number.NEGATIVE_INFINITY, g.op('Add', x, logOfB));
  const at = argMax(g, size);
  const [log, max] = [gather(g, size, at), gather(g, x, at)];
  // A row without terms has the sum 0, relative to anything.
  const empty = isImpossible(g, log);
  const largest = g.op('Where', empty, 1, gather(g, b, at));
  const origin = zeroWhere(g, empty, max);
  const exponent = g.op('Floor', g.op('Div', g.op('Log', g.op('Abs', largest)), Math.LN2));
  const unit = g.op('Pow', 2, exponent);
  const lead = g.op('Div', largest, unit);
  const factor = g.op('Div', b, unit);
  // Where e^s or the quotient leaves float64, their product goes by way of the logarithm.
  const s = g.op('Sub', x, origin);
  const magnitude = g.op('Abs', factor);
  const small = g.op('Or', g.op('Less', magnitude, 1e-290), g.op('Greater', magnitude, 1e290));
  const apart = g.op('Or', g.op('Greater', s, 700), small);
  const gap = g.op('Sub', g.op('Add', s, logOfB), g.op('Log', g.op('Abs', largest)));
  const far = g.op('Mul', g.op('Mul', g.op('Sign', b), g.op('Exp', gap)), g.op('Abs', lead));
  const near = g.op('Mul', factor, power(g, x, origin));
  const none = g.op('Or', gone, isImpossible(g, x));
  const each = zeroWhere(g, none, g.op('Where', apart, far, near));
  const t = scatter(g, each, at, zeroWhere(g, empty, lead));
  const others = sum(g, scatter(g, t, at, rowsOf(g, 0, at)), true);
  const own = { t, factor: zeroWhere(g, none, factor), s: zeroWhere(g, none, s) };
  const { total, spread } = excessSum(g, own);
  return { x, b, gone, none, size, log, max: origin, unit, t, lead, others, total, spread };
}

/**
 * Σ f·e^s, where e^s of small s is 1 + expm1 s and the ones are terms of their own: factors that cancel leave the rest all
 * of its digits. `t` is f·e^s, `less` what is subtracted from the sum.
 */
function excessSum(
  g: GraphBuilder,
  { t, factor, s, less }: { t: Value; factor: Value; s: Value; less?: Value },
): Pick<Terms, 'total' | 'spread'> {
  const isSmall = g.op('Less', g.op('Abs', s), SMALL);
  const excess = g.op('Where', isSmall, g.op('Mul', factor, expm1(g, g.op('Where', isSmall, s, 0))), t);
  const ones = g.op('Where', isSmall, factor, 0);
  const terms = less === undefined ? [excess, ones] : [excess, ones, g.op('Neg', less)];
  const total = sum(g, g.node('Concat', terms, { axis: 1 }), true);
  // The ones are added up without error, but for what they leave.
  const left = sum(g, g.node('Concat', terms.slice(1), { axis: 1 }), true);
  return { total, spread: g.op('Add', sum(g, g.op('Abs', excess), false), g.op('Abs', left)) };
}

/**
 * log |Σ b·e^x| = log |largest term| + log1p(rest), or where that is near 0 the largest x and log1p(Σ − 1): 2 − 1 is 1, and
 * its logarithm 0. An infinite term is the sum, with the sign of its b.
 */
export function signedLogSumExp(variant: SignedLogSumExpVariant): Graph {
  const g = new GraphBuilder();
  const { x, b, none, size, log, max, lead, others, total, spread } = terms(g, variant);
  const rest = g.op('Div', others, lead);
  const relative = g.op(
    'Where',
    g.op('Greater', rest, -0.5),
    log1p(g, rest),
    g.op('Log', g.op('Abs', g.op('Div', total, lead))),
  );
  const far = g.op('Add', log, relative);
  // Near 0 again as log1p(Σ − 1).
  const close = g.op('And', g.op('Less', g.op('Abs', far), 0.5), g.op('Less', max, 600));
  const own = zeroWhere(g, none, x);
  const signOfSum = g.op('Sign', total);
  const factor = zeroWhere(g, none, g.op('Mul', b, signOfSum));
  const less = rowsOf(g, 1, total);
  const t = g.op('Mul', factor, g.op('Exp', own));
  const excess = excessSum(g, { t, factor, s: own, less });
  const near = log1p(g, excess.total);
  const logOfSum = g.op('Where', close, near, far);
  const finite = g.op('Where', g.op('Equal', total, 0), Number.NEGATIVE_INFINITY, logOfSum);
  const { infinite, sign: ofInfinite } = infinities(g, size, b);
  const sign = g.op('Where', infinite, ofInfinite, g.op('Sign', total));
  const value = g.op(
    'Where',
    infinite,
    g.op('Abs', g.op('Mul', ofInfinite, Number.POSITIVE_INFINITY)),
    finite,
  );
  const lost = g.op('IsNaN', sign);
  const negative = g.op('Less', sign, 0);
  if (variant.doubts) {
    // An error of the sum is one of its logarithm, relative to the sum; near 0 it is one of the excess over 1.
    const limit = CANCELLED[variant.dtype];
    const isBelow = (part: Value, whole: Value) => g.op('Less', g.op('Abs', part), g.op('Mul', whole, limit));
    const ofSum = g.op('Or', isBelow(total, spread), isBelow(g.op('Mul', total, far), spread));
    const isNear = g.op('And', close, isBelow(near, excess.spread));
    const isFar = g.op('And', g.op('Not', close), ofSum);
    outputDoubts(g, g.op('And', g.op('Or', isNear, isFar), g.op('Not', infinite)));
  }
  const y = g.op('Where', variant.signed ? lost : g.op('Or', lost, negative), Number.NaN, value);
  g.output('y', y, variant.dtype, ROWS);
  g.output('sign', sign, variant.dtype, ROWS);
  return g.graph;
}

/** Whether a row has infinite terms, and the sign in which these agree; NaN where they do not, or where a term is NaN. */
function infinities(g: GraphBuilder, size: Value, b: Value) {
  const own = g.op('Equal', size, Number.POSITIVE_INFINITY);
  const positive = any(g, g.op('And', own, g.op('Greater', b, 0)));
  const negative = any(g, g.op('And', own, g.op('Less', b, 0)));
  const lost = any(g, g.op('IsNaN', size));
  const both = g.op('Or', lost, g.op('And', positive, negative));
  const infinite = g.op('Or', g.op('Or', positive, negative), lost);
  return { infinite, sign: g.op('Where', both, Number.NaN, g.op('Where', positive, 1, -1)) };
}

/** dx = dy·t/Σ t, db = dx/b: both 0 for terms that take no part. */
export function signedLogSumExpGrad(variant: SignedLogSumExpVariant): Graph {
  const g = new GraphBuilder();
  const { x, b, gone, max, unit, t, total, spread } = terms(g, variant);
  if (variant.doubts)
    outputDoubts(g, g.op('Less', g.op('Abs', total), g.op('Mul', spread, CANCELLED[variant.dtype])));
  const given = g.double('dy', variant.dtype, ROWS);
  const by = unitOf(g, given, variant.dtype);
  const dy = scaled(g, given, by);
  const scale = g.op(
    'Div',
    variant.signed ? dy : g.op('Where', g.op('Less', total, 0), Number.NaN, dy),
    total,
  );
  const none = g.op('Or', gone, isImpossible(g, x));
  const d = g.op('Mul', t, scale);
  // Below float64's normal numbers every product rounds: the last of these is the only one there.
  const size = g.op('Abs', g.op('Div', b, unit));
  const isOrdinary = g.op('And', g.op('Greater', size, 1e-290), g.op('Less', size, 1e25));
  const least = g.op('Min', g.op('Abs', d), g.op('Where', isOrdinary, g.op('Abs', t), 1));
  const tiny = g.op('Less', least, 1e-290);
  const half = power(g, g.op('Mul', x, 0.5), g.op('Mul', max, 0.5));
  const [early, late] = by === undefined ? [] : [g.op('Min', by, 1), g.op('Max', by, 1)];
  const small = (value: Value) =>
    unscaledBy(g, g.op('Mul', unscaledBy(g, g.op('Mul', value, half), early), half), late);
  const share = g.op('Div', scale, unit);
  const ofB = g.op('Mul', g.op('Div', b, unit), scale);
  const dx = g.op('Where', tiny, small(ofB), unscaledBy(g, d, by));
  const db = g.op('Where', tiny, small(share), unscaledBy(g, g.op('Div', d, b), by));
  // A sum that is exactly 0 divides as +0, and 0 where dy is 0. No share of another sum is 0: of an infinite dy only
  // signs count.
  const isZero = g.op('Equal', total, 0);
  const infinite = zeroWhere(g, g.op('Equal', given, 0), g.op('Mul', given, Number.POSITIVE_INFINITY));
  const slope = g.op('Where', isZero, infinite, scale);
  const isEndless = g.op('Or', isZero, g.op('Not', isBounded(g, given)));
  const output = (name: string, value: Value, endless: Value) => {
    g.output(name, zeroWhere(g, none, g.op('Where', isEndless, endless, value)), variant.dtype, ALL);
  };
  output('dx', dx, g.op('Mul', g.op('Sign', b), slope));
  output('db', db, slope);
  return g.graph;
}
