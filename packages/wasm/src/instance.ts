import { SoftmaxError } from '@softmax/core';
import { PLAIN, RELAXED } from './binary.generated.ts';
import type { Exports } from './exports.ts';
import { Memory } from './memory.ts';

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export interface Instance {
  readonly memory: Memory;
  /** Whether multiplications and additions are fused. */
  readonly relaxed: boolean;
}

/** Compiles the module that this machine can run: relaxed SIMD where it is known, else plain. */
export async function instantiate(relaxed?: boolean): Promise<Instance> {
  const fused = relaxed === false ? undefined : bytesOf(RELAXED);
  const known = fused !== undefined && WebAssembly.validate(fused);
  if (relaxed === true && !known)
    throw new SoftmaxError('INVALID_OPTION', 'relaxed', true, 'false: this machine has no relaxed SIMD');
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536 });
  const bytes = known ? fused : bytesOf(PLAIN);
  try {
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
    return { memory: new Memory(instance.exports as object as Exports, memory), relaxed: known };
  } catch (cause) {
    throw new SoftmaxError('BACKEND_FAILED', 'wasm', 'no SIMD', 'a machine with WebAssembly SIMD', cause);
  }
}
