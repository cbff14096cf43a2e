import type { Reduced } from '../../contract/kernels.ts';
import type { Host } from '../../layout/dtype.ts';
import { eachRow, rounded } from '../../layout/rows.ts';
import { Sum } from '../arithmetic/sum.ts';

/**
 * The losses of the rows, or their sum over the denominator. `lossOf` gives the loss of one row; where it also writes
 * that row's gradient, it is to be multiplied by `share`, then by `dy`: the product of both may be beyond float64. A row of weight 0 is skipped, not multiplied: 0·∞ is NaN.
 */
export function reduced(
  p: Reduced,
  weights: Host,
  dy: Host | undefined,
  lossOf: (start: number, row: number, share: number, dy: number) => number,
): Host {
  const losses = new Float64Array(p.sum ? 1 : p.outer * p.inner);
  const sum = new Sum();
  eachRow(p, (start, row) => {
    const weight = weights[row] as number;
    if (weight === 0) return;
    const loss = weight * lossOf(start, row, weight / p.denominator, dy ? (dy[row] as number) : 1);
    if (p.sum) sum.add(loss);
    else losses[row] = loss;
  });
  if (p.sum) losses[0] = sum.value / p.denominator;
  return rounded(losses, p.dtype);
}
