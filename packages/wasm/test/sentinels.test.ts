import { expect, test } from 'vitest';
import { wasm } from '../src/index.ts';
import { type Memory, sizeOf, type WasmBuffer } from '../src/memory.ts';
import { strided } from '../src/tiles.ts';
import { CALLS, type Extent, given, MODULES, watched } from './own-kernels.ts';

const [SENTINEL, AROUND] = [0xa5, 256];
/** One vector and less, several, and more than a block; rows that are neighbours and that are not. */
const EXTENTS: readonly Extent[] = [
  ...Array.from({ length: 18 }, (_, k): Extent => [3, k + 1, 1]),
  [3, 33, 1],
  [3, 2049, 1],
  [2, 7, 3],
  [2, 19, 8],
];

/** From now on all that a memory gives out stands between sentinels; what was written beside a buffer is known once it is freed. */
function guarded(memory: Memory): string[] {
  const spoilt: string[] = [];
  const wholes = new Map<number, WasmBuffer>();
  const free = memory.free.bind(memory);
  const between = (make: 'allocate' | 'scratch'): Memory['allocate'] => {
    const block = memory[make].bind(memory);
    return (dtype, length) => {
      const whole = block('bool', length * sizeOf(dtype) + 2 * AROUND);
      memory.view(whole).fill(SENTINEL);
      wholes.set(whole.ptr, whole);
      return { ptr: whole.ptr + AROUND, length, dtype };
    };
  };
  memory.allocate = between('allocate');
  memory.scratch = between('scratch');
  memory.own = (bytes) => {
    const { ptr } = memory.scratch('bool', bytes);
    return strided(ptr);
  };
  memory.free = (buffer) => {
    const whole = wholes.get(buffer.ptr) ?? wholes.get(buffer.ptr - AROUND) ?? buffer;
    const bytes = memory.view(whole) as Uint8Array;
    const sides = [...bytes.subarray(0, AROUND), ...bytes.subarray(-AROUND)];
    if (wholes.delete(whole.ptr) && sides.some((byte) => byte !== SENTINEL))
      spoilt.push(`beside ${whole.length - 2 * AROUND} bytes`);
    free(whole);
  };
  return spoilt;
}

test.each(MODULES)('%s, relaxed %s: no kernel writes beside what it is given', async (dtype, relaxed) => {
  const backend = await wasm({ relaxed });
  const spoilt = guarded((backend as never as { memory: Memory }).memory);
  const { sm, missing } = watched(backend);
  for (const extent of EXTENTS)
    for (const [name, call] of Object.entries(CALLS)) {
      const { x, dy, target, perRow, ...rest } = given(sm, dtype, extent);
      const results = call(sm, { x, dy, target, perRow, ...rest });
      for (const tensor of [x, dy, target, perRow, ...results]) tensor.dispose();
      expect(spoilt, `${name}, ${extent.join(' × ')}`).toEqual([]);
    }
  expect([...missing]).toEqual([]);
});
