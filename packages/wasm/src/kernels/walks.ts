import type { Kernel, Kernels } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows } from '../rows.ts';

type Leaves = Kernel<'hierarchicalSoftmax', WasmBuffer, 'sync'>;
type Sample = Kernel<'hierarchicalSample', WasmBuffer, 'sync'>;
type TopK = Kernel<'hierarchicalTopK', WasmBuffer, 'sync'>;
type Walk = 'hierarchicalSoftmax' | 'hierarchicalSample' | 'hierarchicalTopK';

/** Walks down the tree for each token, in a room of so many float64 for each node of the tree. */
function walk(
  memory: Memory,
  name: Walk,
  p: Kernels[Walk]['problem'],
  { h, weight, bias, first, rowOf, classOf }: Parameters<Leaves>[1],
  y: WasmBuffer,
  room: number,
  own: number,
  last: number,
): void {
  eachRows(
    memory,
    p,
    { x: h },
    {},
    (at) =>
      memory.exports[name](
        h.ptr,
        weight.ptr,
        bias?.ptr ?? 0,
        first.ptr,
        rowOf.ptr,
        classOf.ptr,
        y.ptr,
        at.first,
        at.rows,
        p.n,
        p.nodes,
        at.room,
        own,
        last,
      ),
    { room: 8 * room * p.nodes },
  );
}

/** The probabilities of all leaves, or their logarithms. */
export const hierarchicalSoftmax =
  (memory: Memory): Leaves =>
  (p, inputs) => {
    const y = memory.allocate('float32', p.outer * p.leaves);
    walk(memory, 'hierarchicalSoftmax', p, inputs, y, 9, p.leaves, Number(p.log));
    return { y };
  };

/** A class for each token, drawn on the way down. */
export const hierarchicalSample =
  (memory: Memory): Sample =>
  (p, inputs) => {
    const classes = memory.allocate('int32', p.outer);
    walk(memory, 'hierarchicalSample', p, inputs, classes, 2, inputs.noise.ptr, p.depth);
    return { classes };
  };

/** The k likeliest leaves of each token. */
export const hierarchicalTopK =
  (memory: Memory): TopK =>
  (p, inputs) => {
    const classes = memory.allocate('int32', p.outer * p.k);
    const logProbs = memory.allocate('float32', p.outer * p.k);
    walk(memory, 'hierarchicalTopK', p, inputs, classes, 4, logProbs.ptr, p.k);
    return { classes, logProbs };
  };
