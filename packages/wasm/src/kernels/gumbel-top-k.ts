import type { Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { DOUBLE, eachRows, perRow, type SolveRows } from '../rows.ts';

type TopK = Kernel<'gumbelTopK', WasmBuffer, 'sync'>;

/** The k largest x + noise of each row, added in float64. */
export const gumbelTopK =
  (memory: Memory): TopK =>
  (p, { x, noise, mask }) => {
    const { outer, n, inner, k } = p;
    const classes = memory.allocate('int32', outer * k * inner);
    const drawn = inner === 1 ? classes : memory.scratch('int32', classes.length);
    const solve: SolveRows = (call, at) =>
      call.gumbelTopK(at.x, at.beside, at.mask, perRow(drawn.ptr, 4 * k, at.first), at.rows, n, k, at.room);
    eachRows(memory, p, { x, mask, beside: noise }, {}, solve, { ...DOUBLE, room: 8 * k });
    const size = 4 * k * inner;
    if (inner > 1)
      for (let o = 0; o < outer; o++)
        memory.exports.scatter(drawn.ptr + o * size, classes.ptr + o * size, k, inner, inner, 4);
    return { classes };
  };
