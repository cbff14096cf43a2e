import type { Kernel } from '@softmax/core';
import { type Memory, sizeOf, type WasmBuffer } from '../memory.ts';

/** 1 at the class of each row. */
export const oneHot =
  (memory: Memory): Kernel<'oneHot', WasmBuffer, 'sync'> =>
  ({ outer, n, inner, dtype }, { classes }) => {
    const y = memory.allocate(dtype, outer * n * inner);
    memory.exports.oneHot(classes.ptr, y.ptr, outer, n, inner, sizeOf(dtype));
    return { y };
  };
