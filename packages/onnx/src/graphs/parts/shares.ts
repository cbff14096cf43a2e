import type { GraphBuilder, Value } from '../../model/builder.ts';
import { correctedBy } from './cotangents.ts';
import { exponentials, type ScaleVariant, total } from './exponentials.ts';
import { isImpossible, zeroWhere } from './row.ts';
import { exponential, product, scaled, toNumber } from './scaled.ts';
import { share, times } from './single-functions.ts';

/** dy·p of the rows of v; 0 at −∞. An infinite dy stays infinite, as every other p is above 0. */
export function shares(g: GraphBuilder, v: Value, dy: Value, { dtype }: Pick<ScaleVariant, 'dtype'>): Value {
  const terms = exponentials(g, v, { dtype });
  const row = total(g, terms);
  const plain = times(g, share(g, terms.e, row.total), dy);
  // An improper row is NaN.
  const endless = () => g.op('Where', row.proper, dy, row.total);
  const dx = correctedBy(g, plain, { dtype, ...terms }, { by: dy, endless }, () => {
    const e = exponential(g, v, terms.max, undefined);
    return toNumber(g, product(g, { ...e, m: g.op('Div', e.m, row.total) }, scaled(g, dy)));
  });
  return zeroWhere(g, isImpossible(g, v), dx);
}
