import type { SeededNoise } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';

/** The noise of a seed with the bits of core's, made where it is used. */
export function gumbelNoise(memory: Memory, { key, stream, length, scale, dtype }: SeededNoise): WasmBuffer {
  const y = memory.allocate(dtype, length);
  memory.exports.gumbelNoise(...key, stream, y.ptr, length, scale, Number(dtype === 'float32'));
  return y;
}
