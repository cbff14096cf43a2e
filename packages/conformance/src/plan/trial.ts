import type { FloatType, Mode, Shape, Shaped, Tensor } from '@softmax/core';
import { decode, encode } from '../judge/float.ts';

/** Values on the host, of exactly this dtype. */
export const shaped = (values: ArrayLike<number>, shape: Shape, dtype: FloatType): Shaped => ({
  data: encode(values, dtype),
  shape,
  dtype,
});

/** Reads and disposes of a result; its dtype and shape must match the declared ones. */
export async function read(tensor: Tensor<Mode>, dtype: FloatType, shape: Shape): Promise<Float64Array> {
  const found = `${tensor.dtype} [${tensor.shape}]`;
  const data = await tensor.data();
  const values = decode(data, tensor.dtype);
  tensor.dispose();
  if (found !== `${dtype} [${shape}]`) throw new Error(`expected ${dtype} [${shape}], got ${found}`);
  return values;
}
