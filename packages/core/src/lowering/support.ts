import type { HostTensor, Operand } from '../contract/call.ts';
import { SoftmaxError } from '../errors.ts';
import type { Cut } from '../layout/axis.ts';
import type { Host } from '../layout/dtype.ts';
import { valueAt } from '../layout/float16.ts';
import { eachRow } from '../layout/rows.ts';

/**
 * Throws on rows from which k classes cannot be drawn: too few possible ones, or a NaN or +inf
 * among them.
 */
export function supportGuard(
  rows: Cut,
  dtype: string,
  k: number,
  mask: Operand | undefined,
): (values: Host) => void {
  const { n, inner } = rows;
  const allowed = mask && (mask.from as HostTensor).data;
  return (values) => {
    eachRow(rows, (start, row) => {
      let support = 0;
      for (let c = 0; c < n; c++) {
        const at = start + c * inner;
        if (allowed?.[at] === 0) continue;
        const value = valueAt(values, dtype, at);
        if (!(value < Number.POSITIVE_INFINITY))
          throw new SoftmaxError('INVALID_INPUT', `x[${at}]`, value, 'logits below +inf');
        if (value !== Number.NEGATIVE_INFINITY) support++;
      }
      if (support === 0)
        throw new SoftmaxError('EMPTY', 'x', `row ${row} without a possible class`, 'rows with one');
      if (support < k)
        throw new SoftmaxError(
          'INVALID_OPTION',
          'k',
          k,
          `at most ${support}, the possible classes of row ${row}`,
        );
    });
  };
}
