import type { SeededNoise } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';

/** Generates the noise of a seed in place, equal to core's in every bit. */
export function gumbelNoise(memory: Memory, { key, stream, length, scale, dtype }: SeededNoise): WasmBuffer {
  const y = memory.allocate(dtype, length);
  memory.exports.gumbelNoise(...key, stream, y.ptr, length, scale, Number(dtype === 'float32'));
  return y;
}
