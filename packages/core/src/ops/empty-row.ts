import type { Cut } from '../axis.ts';
import type { HostTensor, Operand } from '../call.ts';
import type { Host } from '../dtype.ts';
import { SoftmaxError } from '../errors.ts';
import { permute } from '../strides.ts';
import type { Tensor } from '../tensor.ts';

/**
 * For `emptyRow: 'throw'`: refuses a row without a sink whose every entry is masked or impossible (−inf; +inf where x is
 * negated).
 */
export function emptyRowGuard(
  x: HostTensor | Tensor,
  { outer, n, inner, order }: Cut,
  mask: Operand | undefined,
  sink: Operand | undefined,
  negate: boolean,
): (values: Host) => void {
  const place = <A extends Host>(data: A) => (order ? permute(data, x.shape, order) : data);
  const half = negate ? 0x7c00 : 0xfc00;
  const impossible =
    x.dtype === 'float16' ? half : negate ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const sinks = sink && (sink.from as HostTensor).data;
  return (values) => {
    const data = place(values);
    const allowed = mask && place((mask.from as HostTensor).data);
    for (let row = 0; row < outer * inner; row++) {
      if (sinks && (sinks[row] as number) > Number.NEGATIVE_INFINITY) continue;
      const start = Math.floor(row / inner) * n * inner + (row % inner);
      let k = 0;
      while (k < n && (allowed?.[start + k * inner] === 0 || data[start + k * inner] === impossible)) k++;
      if (k === n)
        throw new SoftmaxError('EMPTY', 'emptyRow', `row ${row} without a possible entry`, 'rows with one');
    }
  };
}
