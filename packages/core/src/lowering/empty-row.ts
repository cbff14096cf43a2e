import type { HostTensor, Operand } from '../contract/call.ts';
import type { Tensor } from '../contract/tensor.ts';
import { SoftmaxError } from '../errors.ts';
import type { Cut } from '../layout/axis.ts';
import type { Host } from '../layout/dtype.ts';
import { valueAt } from '../layout/float16.ts';
import { eachRow } from '../layout/rows.ts';
import { permute } from '../layout/strides.ts';

/**
 * For `emptyRow: 'throw'`: throws on a row without a sink in which every entry is masked or
 * impossible (−inf; +inf if x is negated).
 */
export function emptyRowGuard(
  x: HostTensor | Tensor,
  rows: Cut,
  mask: Operand | undefined,
  sink: Operand | undefined,
  negate: boolean,
): (values: Host) => void {
  const { n, inner, order } = rows;
  const place = <A extends Host>(data: A) => (order ? permute(data, x.shape, order) : data);
  const impossible = negate ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const sinks = sink && (sink.from as HostTensor).data;
  return (values) => {
    const data = place(values);
    const allowed = mask && place((mask.from as HostTensor).data);
    eachRow(rows, (start, row) => {
      if (sinks && (sinks[row] as number) > Number.NEGATIVE_INFINITY) return;
      let k = 0;
      while (
        k < n &&
        (allowed?.[start + k * inner] === 0 || valueAt(data, x.dtype, start + k * inner) === impossible)
      )
        k++;
      if (k === n)
        throw new SoftmaxError('EMPTY', 'emptyRow', `row ${row} without a possible entry`, 'rows with one');
    });
  };
}
