import type { HostTensor } from '../call.ts';
import { allocate } from '../dtype.ts';
import { fitsShape, type Shape, sameShape, sizeOf } from '../shape.ts';
import { broadcast, walk } from '../strides.ts';
import { Tensor } from '../tensor.ts';

/** Host values spread out over a shape; a tensor must have that shape already. */
export function broadcasted(x: HostTensor | Tensor, shape: Shape, name: string): HostTensor | Tensor {
  if (x instanceof Tensor) {
    fitsShape(name, x.shape, shape);
    return x;
  }
  if (sameShape(x.shape, shape)) return x;
  const data = allocate(x.dtype, sizeOf(shape));
  walk(shape, broadcast(x.shape, shape, name), 0, (from, to) => {
    data[to] = x.data[from] as number;
  });
  return { data, dtype: x.dtype, shape };
}
