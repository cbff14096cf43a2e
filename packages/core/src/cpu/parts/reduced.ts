import type { Reduced } from '../../contract/kernels.ts';
import type { Host } from '../../layout/dtype.ts';
import { eachRow, rounded } from '../../layout/rows.ts';
import { type Scaled, toNumber } from '../arithmetic/scaled.ts';
import { ratio, ScaledSum, scaledBy, times } from '../arithmetic/scaled-sum.ts';

/**
 * The losses of the rows, or their sum over the denominator. `lossOf` returns the loss of one row,
 * and multiplies its gradient by `scale`, weight/denominator·dy. A row of weight 0 is skipped, not
 * multiplied: 0·∞ is NaN.
 */
export function reduced(
  p: Reduced,
  weights: Host,
  dy: Host | undefined,
  lossOf: (start: number, row: number, scale: Scaled) => number | Scaled,
): Host {
  const losses = new Float64Array(p.sum ? 1 : p.outer * p.inner);
  const sum = new ScaledSum();
  eachRow(p, (start, row) => {
    const weight = weights[row] as number;
    if (weight === 0) return;
    const rowLoss = lossOf(start, row, ratio(weight, dy ? (dy[row] as number) : 1, p.denominator));
    const loss = typeof rowLoss === 'number' ? { m: rowLoss, e: 0 } : rowLoss;
    if (p.sum) sum.add(weight, loss.m, loss.e);
    else losses[row] = scaledBy(weight, loss);
  });
  if (p.sum) {
    const { m, e } = sum.value;
    losses[0] = toNumber(times(ratio(m, 1, p.denominator), { m: 1, e }));
  }
  return rounded(losses, p.dtype);
}
