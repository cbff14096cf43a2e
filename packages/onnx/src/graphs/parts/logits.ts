import type { FloatType } from '@softmax/core';
import { ALL, type Arithmetic, type GraphBuilder, type Value } from '../../model/builder.ts';
import { exp } from './arithmetic.ts';

export interface LogitsVariant extends Partial<Arithmetic> {
  readonly dtype: FloatType;
  readonly mask: boolean;
  readonly negate?: boolean;
  readonly softcap?: boolean;
}

export interface Logits {
  /** The input values in float64. */
  readonly x: Value;
  /** Negated and capped according to the problem, −inf if masked: a masked NaN is never read. */
  readonly v: Value;
  readonly mask?: Value | undefined;
  readonly cap?: Value | undefined;
}

/** x with `none` at masked entries. */
export const masked = (g: GraphBuilder, mask: Value | undefined, x: Value, none: Value): Value =>
  mask === undefined ? x : g.op('Where', mask, x, none);

export function logits(g: GraphBuilder, { dtype, mask, negate, softcap }: LogitsVariant): Logits {
  const x = g.double('x', dtype, ALL);
  const signed = negate ? g.op('Neg', x) : x;
  const cap = softcap ? g.number('softcap') : undefined;
  const capped = cap === undefined ? signed : softly(g, signed, cap);
  const allowed = mask ? g.input('mask', 'bool', ALL) : undefined;
  return { x, v: masked(g, allowed, capped, Number.NEGATIVE_INFINITY), mask: allowed, cap };
}

/** c·tanh(v/c); infinite logits stay infinite. */
function softly(g: GraphBuilder, v: Value, cap: Value): Value {
  const capped = g.op('Mul', cap, g.op('Tanh', g.op('Div', v, cap)));
  return g.op('Where', g.op('IsInf', v), v, capped);
}

/** sech²(x/c) = 4w/(1 + w)², w = exp(−2|x/c|): 1 − tanh² would cancel. Undefined without a cap. */
export function slopeOfCap(g: GraphBuilder, { x, cap }: Logits): Value | undefined {
  if (cap === undefined) return undefined;
  const w = exp(g, g.op('Mul', -2, g.op('Abs', g.op('Div', x, cap))));
  const u = g.op('Add', 1, w);
  return g.op('Div', g.op('Div', g.op('Mul', 4, w), u), u);
}
