import type { HostTensor } from '../contract/call.ts';
import { Tensor } from '../contract/tensor.ts';
import { fitsShape, type Shape, sameShape } from '../layout/shape.ts';
import { broadcast } from '../layout/strides.ts';

/** Broadcasts host values to a shape. A tensor must already have that shape. */
export function broadcasted(x: HostTensor | Tensor, shape: Shape, name: string): HostTensor | Tensor {
  if (x instanceof Tensor) {
    fitsShape(name, x.shape, shape);
    return x;
  }
  if (sameShape(x.shape, shape)) return x;
  return { data: broadcast(x.data, x.shape, shape, name), dtype: x.dtype, shape, lasting: true };
}
