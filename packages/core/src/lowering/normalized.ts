import type { HostTensor, Operand } from '../contract/call.ts';
import { SoftmaxError } from '../errors.ts';
import type { Cut } from '../layout/axis.ts';
import type { Host } from '../layout/dtype.ts';
import { valueAt } from '../layout/float16.ts';
import { eachRow } from '../layout/rows.ts';

/**
 * Above the rounding error of a row, also in float16; below the error of rows of logits or counts.
 */
const TOLERANCE = 1e-3;

/**
 * Throws on rows that are no distribution over the classes that the mask allows. Rows of weight 0
 * are not read.
 */
export function normalizedGuard(
  rows: Cut,
  dtype: string,
  weights: Host,
  mask: Operand | undefined,
): (values: Host) => void {
  const allowed = mask && (mask.from as HostTensor).data;
  return (values) =>
    eachRow(rows, (start, row) => {
      if (weights[row] === 0) return;
      let sum = 0;
      let possible = false;
      for (let k = 0; k < rows.n; k++) {
        const at = start + k * rows.inner;
        if (allowed?.[at] === 0) continue;
        possible = true;
        const value = valueAt(values, dtype, at);
        if (!(value >= 0))
          throw new SoftmaxError('INVALID_TARGET', `target[${at}]`, value, 'a probability in [0, 1]');
        sum += value;
      }
      if (possible && !(Math.abs(sum - 1) <= TOLERANCE))
        throw new SoftmaxError(
          'INVALID_TARGET',
          'target',
          `row ${row} of sum ${sum}`,
          `sums of 1, within ${TOLERANCE}`,
        );
    });
}
