import type { Cut } from '../axis.ts';
import type { HostTensor, Operand } from '../call.ts';
import { eachRow } from '../cpu/row.ts';
import type { Host } from '../dtype.ts';
import { SoftmaxError } from '../errors.ts';
import { valueAt } from '../float16.ts';
import { permute } from '../strides.ts';
import type { Tensor } from '../tensor.ts';

/**
 * For `emptyRow: 'throw'`: refuses a row without a sink whose every entry is masked or impossible (−inf; +inf where x is
 * negated).
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
