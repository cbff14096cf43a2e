import { type DType, type Shape, Tensor } from '@softmax/core';

/** The values of an operation's result. */
export interface Output {
  readonly dtype: DType;
  readonly shape: Shape;
  /** The bytes, for comparisons that include NaN and −0. */
  readonly bits: string;
  readonly data: ArrayLike<number>;
}

/** Reads the result of an operation, one tensor or several by name, and disposes of the tensors. */
export async function outputs(pending: unknown): Promise<readonly Output[]> {
  const result = await pending;
  const tensors = result instanceof Tensor ? [result] : Object.values(result as object);
  const read: Output[] = [];
  for (const tensor of tensors) {
    if (!(tensor instanceof Tensor)) throw new Error(`expected tensors, got ${String(tensor)}`);
    const { dtype, shape } = tensor;
    const data = (await tensor.data()).slice();
    tensor.dispose();
    read.push({ dtype, shape, data, bits: bitsOf(data) });
  }
  return read;
}

export const bitsOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  new Uint8Array(buffer, byteOffset, byteLength).join();

/** Returns true if both contain the same numbers, including −0 and NaN. */
export const identical = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
};

/** Fails unless both are equal in every bit. */
export function same(a: readonly Output[], b: readonly Output[], where: string): void {
  for (const [k, { dtype, shape, bits, data }] of a.entries()) {
    const other = b[k];
    if (dtype === other?.dtype && `${shape}` === `${other.shape}` && bits === other.bits) continue;
    const show = (values: ArrayLike<number> = []) => Array.from(values).slice(0, 8).join(', ');
    throw new Error(
      `${where}: ${dtype} [${shape}] ${show(data)} and ${other?.dtype} [${other?.shape}] ${show(other?.data)}`,
    );
  }
}

/** Fails with this message unless the condition is true. */
export function must(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}
