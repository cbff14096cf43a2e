import type { Distribution, EmptyRow, FloatType } from '@softmax/core';
import type { Arithmetic, GraphBuilder, Value } from '../../model/builder.ts';
import type { Exponentials } from './exponentials.ts';
import { type Logits, softcapGrad } from './logits.ts';
import { length, sum, zeroWhere } from './row.ts';

/** What tells the graphs of a distribution kernel apart. */
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
    // A gradient is 0 in an empty row, whatever fills it.
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

/** y with what is asked for where a row has no possible entry; y is NaN in such a row, and what is masked is `none`. */
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

/** Carries a gradient from (v − max)/T back to x: 1/T (0 at both limits, but NaN stays), the sign, and the cap's sech². */
export function backward(
  g: GraphBuilder,
  gradient: Value,
  inputs: Logits,
  { temperature: t }: Exponentials,
  negate: boolean,
): Value {
  const signed = negate ? g.op('Neg', gradient) : gradient;
  if (t === undefined) return softcapGrad(g, signed, inputs);
  const scaled = zeroWhere(g, g.op('Equal', t, 0), g.op('Div', signed, t));
  return softcapGrad(g, g.op('Where', g.op('IsNaN', signed), signed, scaled), inputs);
}
