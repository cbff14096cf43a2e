import type { Distribution, EmptyRow, FloatType } from '@softmax/core';
import type { Arithmetic, GraphBuilder, Value } from '../../model/builder.ts';
import type { Exponentials } from './exponentials.ts';
import type { Logits } from './logits.ts';
import { length, sum, zeroWhere } from './row.ts';
import { exponential, product, quotient, type Scaled, toNumber, scaled as toScaled } from './scaled.ts';

/** The properties that distinguish the graphs of a distribution kernel. */
export interface DistributionVariant extends Partial<Arithmetic> {
  readonly dtype: FloatType;
  readonly mask: boolean;
  readonly negate: boolean;
  readonly softcap: boolean;
  readonly temperature: 'one' | 'scalar' | 'rows';
  readonly sink: boolean;
  readonly empty: Distribution['empty'];
}

export function distributionVariant(
  { dtype, negate, softcap, temperature, empty }: Distribution,
  given: { readonly mask?: unknown; readonly temperature?: unknown; readonly sink?: unknown },
  gradient = false,
): DistributionVariant {
  const mask = given.mask !== undefined;
  return {
    dtype,
    mask,
    negate,
    softcap: softcap > 0,
    temperature: given.temperature !== undefined ? 'rows' : temperature === 1 ? 'one' : 'scalar',
    sink: given.sink !== undefined,
    // A gradient is 0 in an empty row, for every fill value.
    empty: {
      masked: gradient || !mask ? 'zero' : empty.masked,
      impossible: gradient ? 'nan' : empty.impossible,
    },
  };
}

export const distributionGradVariant = (
  p: Distribution,
  given: Parameters<typeof distributionVariant>[1],
): DistributionVariant => distributionVariant(p, given, true);

/**
 * y with the chosen value in rows without a possible entry, where y is NaN; masked entries get
 * `none`.
 */
export function fillEmpty(
  g: GraphBuilder,
  y: Value,
  raw: Value,
  mask: Value | undefined,
  { empty }: DistributionVariant,
  log: boolean,
): Value {
  const none = log ? Number.NEGATIVE_INFINITY : 0;
  const fill = (row: EmptyRow, count: () => Value): Value => {
    if (row === 'nan') return Number.NaN;
    if (row === 'zero') return none;
    const uniform = g.op('Div', 1, count());
    return log ? g.op('Log', uniform) : uniform;
  };
  if (mask === undefined) {
    if (empty.impossible === 'nan') return y;
    return g.op(
      'Where',
      g.op('Equal', raw, 0),
      fill(empty.impossible, () => length(g, y)),
      y,
    );
  }
  const shown = g.op('Where', mask, y, none);
  if (empty.masked === 'zero' && empty.impossible === 'nan') return shown;
  const count = sum(g, g.cast(mask, g.working), false);
  const impossible = g.op(
    'Where',
    mask,
    fill(empty.impossible, () => count),
    none,
  );
  const masked = fill(empty.masked, () => length(g, y));
  const filled = g.op('Where', g.op('Greater', count, 0), impossible, masked);
  return g.op('Where', g.op('Equal', raw, 0), filled, shown);
}

/**
 * Carries a gradient from (v − max)/T back to x: 1/T (0 at both limits, but NaN stays), the sign,
 * and the cap's slope.
 */
export function backward(
  g: GraphBuilder,
  gradient: Value,
  slope: Value | undefined,
  { temperature: t }: Exponentials,
  negate: boolean,
): Value {
  const signed = negate ? g.op('Neg', gradient) : gradient;
  const capped = (value: Value) =>
    slope === undefined ? value : zeroWhere(g, g.op('Equal', value, 0), g.op('Mul', value, slope));
  if (t === undefined) return capped(signed);
  const scaled = zeroWhere(g, g.op('Equal', t, 0), g.op('Div', signed, t));
  return capped(g.op('Where', g.op('IsNaN', signed), signed, scaled));
}

/** The factor ±sech²/T as m·2^e. */
export function scaledBackward(
  g: GraphBuilder,
  gradient: Scaled,
  { x, cap }: Logits,
  { temperature: t }: Exponentials,
  negate: boolean,
): Value {
  const signed = negate ? { ...gradient, m: g.op('Neg', gradient.m) } : gradient;
  const divided = t === undefined ? signed : quotient(g, signed, toScaled(g, t));
  if (cap === undefined) return toNumber(g, divided);
  const w = exponential(g, g.op('Neg', g.op('Abs', x)), 0, g.op('Mul', cap, 0.5));
  const u = g.op('Add', 1, toNumber(g, w));
  const slope = { m: g.op('Div', g.op('Div', g.op('Mul', 4, w.m), u), u), e: w.e };
  return toNumber(g, product(g, divided, slope));
}
