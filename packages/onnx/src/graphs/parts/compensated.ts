import { ALL, GraphBuilder, type Value } from '../../model/builder.ts';
import type { Graph } from '../../model/graph.ts';
import { differenceError, log1p } from './arithmetic.ts';
import { parts, type Total, totalOf } from './exponentials.ts';
import { masked } from './logits.ts';
import { anywhere, max, sum } from './row.ts';

export interface CompensatedVariant {
  readonly negate: boolean;
  readonly mask: boolean;
}

/** The largest float32. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

interface Terms {
  readonly g: GraphBuilder;
  readonly x: Value;
  readonly mask: Value | undefined;
  /** The maximum; 0 if it is infinite. */
  readonly origin: Value;
  /** x − max, its own rounding error, and exp of the exact difference. */
  readonly s: Value;
  readonly e: Value;
}

/**
 * float32, in place of float64. s = x − max is rounded, which at |s| = 16 is 8 ulp of exp(s). With
 * δ, the rounding error, exp(s) + exp(s)·δ is accurate.
 * (x − (s + max) is not δ if |x| > |max|: 16 ulp would remain.)
 */
function terms({ negate, mask: isMasked }: CompensatedVariant): Terms {
  const g = new GraphBuilder();
  const logits = g.input('x', 'float32', ALL);
  const signed = negate ? g.op('Neg', logits) : logits;
  const mask = isMasked ? g.input('mask', 'bool', ALL) : undefined;
  const x = masked(g, mask, signed, g.single(Number.NEGATIVE_INFINITY));
  const largest = max(g, x);
  const origin = g.op('Where', g.op('IsInf', largest), g.single(0), largest);
  const s = g.op('Sub', x, origin);
  // δ is finite wherever max is, so exp(−inf)·δ is not NaN; Max in its place takes more than twice
  // as long.
  const rounded = g.op('Exp', s);
  const finite = (value: Value) => g.node('Clip', [value, g.single(-LARGEST)]);
  const correction = g.op('Mul', rounded, differenceError(g, finite(x), origin, finite(s)));
  return { g, x, mask, origin, s, e: g.op('Add', rounded, correction) };
}

const single = (g: GraphBuilder, value: Value): Value => g.cast(value, 'float32');

/** Σ e in double: its error does not grow with the row. */
const totals = ({ g, e }: Terms): Total => totalOf(g, sum(g, g.cast(e, 'float64'), false));

function finish({ g, mask }: Terms, y: Value, none: number): Graph {
  g.output('y', masked(g, mask, y, g.single(none)), 'float32', ALL);
  return g.graph;
}

/** p = e / Σ e. */
export function compensatedSoftmax(variant: CompensatedVariant): Graph {
  const row = terms(variant);
  const { total } = totals(row);
  return finish(row, row.g.op('Div', row.e, single(row.g, total)), 0);
}

/** A smaller rest may be a sum of subnormal exponentials, whose lost digits log1p(rest) shows. */
const FAINT = 2 ** -60;

/**
 * log p = s − log1p(rest), two terms of one sign: nothing cancels, so the rounding of s stays half
 * an ulp.
 */
export function compensatedLogSoftmax(variant: CompensatedVariant): Graph {
  const row = terms(variant);
  const { g, x, s, e } = row;
  const restOf = (values: Value) => parts(g, { v: x, e: values, sunk: undefined, wide: false }).rest;
  const rough = restOf(g.cast(e, 'float64'));
  const isFaint = g.op('Less', rough, FAINT);
  const exact = () => restOf(g.op('Exp', g.op('Sub', g.cast(x, 'float64'), g.cast(row.origin, 'float64'))));
  const body = () => ({ state: [g.op('Where', isFaint, exact(), rough)], again: g.bool(false) });
  const [rest = ''] = g.loop([rough], body, { times: g.int(1), first: anywhere(g, isFaint) });
  return finish(row, g.op('Sub', s, single(g, log1p(g, rest))), Number.NEGATIVE_INFINITY);
}
