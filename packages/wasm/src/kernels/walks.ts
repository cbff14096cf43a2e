import type { Kernel, Kernels } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachToken } from './tokens.ts';

type Leaves = Kernel<'hierarchicalSoftmax', WasmBuffer, 'sync'>;
type Sample = Kernel<'hierarchicalSample', WasmBuffer, 'sync'>;
type TopK = Kernel<'hierarchicalTopK', WasmBuffer, 'sync'>;
type Walk = 'hierarchicalSoftmax' | 'hierarchicalSample' | 'hierarchicalTopK';

/** Walks down the tree for each token, at so many nodes, in a room of so many float64 for each node of the tree. */
function walk(
  memory: Memory,
  name: Walk,
  { outer, n, nodes }: Kernels[Walk]['problem'],
  { h, weight, bias, first, rowOf, classOf }: Parameters<Leaves>[1],
  y: WasmBuffer,
  visited: number,
  room: number,
  own: number,
  last: number,
): void {
  eachToken(
    memory,
    h,
    outer,
    visited * n,
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
        n,
        nodes,
        at.room,
        own,
        last,
      ),
    8 * room * nodes,
  );
}

/** The probabilities of all leaves, or their logarithms. */
export const hierarchicalSoftmax =
  (memory: Memory): Leaves =>
  (p, inputs) => {
    const y = memory.allocate('float32', p.outer * p.leaves);
    walk(memory, 'hierarchicalSoftmax', p, inputs, y, p.nodes, 9, p.leaves, Number(p.log));
    return { y };
  };

/** A class for each token, drawn on the way down. */
export const hierarchicalSample =
  (memory: Memory): Sample =>
  (p, inputs) => {
    const classes = memory.allocate('int32', p.outer);
    walk(memory, 'hierarchicalSample', p, inputs, classes, p.depth, 2, inputs.noise.ptr, p.depth);
    return { classes };
  };

/** The k likeliest leaves of each token. */
export const hierarchicalTopK =
  (memory: Memory): TopK =>
  (p, inputs) => {
    const classes = memory.allocate('int32', p.outer * p.k);
    const logProbs = memory.allocate('float32', p.outer * p.k);
    walk(memory, 'hierarchicalTopK', p, inputs, classes, p.k, 4, logProbs.ptr, p.k);
    return { classes, logProbs };
  };
