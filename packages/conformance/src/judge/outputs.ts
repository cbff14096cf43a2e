import { type DType, type Shape, Tensor } from '@softmax/core';

/** A result of an operation, read. */
export interface Output {
  readonly dtype: DType;
  readonly shape: Shape;
  /** The bytes, so that NaN and −0 are compared too. */
  readonly bits: string;
  readonly data: ArrayLike<number>;
}

/** Reads what an operation gave, one tensor or several by name, and gives them back. */
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

/** Whether both hold the same numbers, −0 and NaN among them. */
export const identical = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
};

/** Fails unless both are the same to the bit. */
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

/** Fails with this message unless it holds. */
export function must(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}
