import type { Kernel } from '../contract/backend.ts';
import type { Host } from '../layout/dtype.ts';
import { eachRow, load, rounded } from '../layout/rows.ts';
import { type Double, double } from './arithmetic/double-double.ts';
import { Heap } from './arithmetic/heap.ts';
import { below, decisionAt, normalise } from './parts/decision.ts';
import { Linear } from './parts/linear.ts';

interface Found {
  readonly node: number;
  /** The logarithm of the node's probability. */
  readonly log: Double;
  /** The class of a leaf; −1 for an inner node. */
  readonly class: number;
}

/**
 * Best-first search: no node is more probable than its parent, so the leaves come out in order.
 * Among equals inner nodes come first, then the lower class.
 */
export const hierarchicalTopK: Kernel<'hierarchicalTopK', Host, 'sync'> = (p, inputs) => {
  const { first, classOf } = inputs;
  const classes = new Int32Array(p.outer * p.k).fill(-1);
  const logProbs = new Float64Array(p.outer * p.k).fill(Number.NaN);
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias);
  const h = new Float64Array(p.n);
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    const heap = new Heap<Found>(
      (a, b) => a.log.high > b.log.high || (a.log.high === b.log.high && a.class < b.class),
    );
    const leaves: Found[] = [];
    for (let top: Found = { node: 0, log: double(0), class: -1 }; ; top = heap.pop()) {
      if (top.class >= 0 && leaves.push(top) === p.k) break;
      const of = normalise(decisionAt(linear, h, inputs, top.node), true);
      // A NaN at a possible node gives no classes.
      if (top.log.high > Number.NEGATIVE_INFINITY && of.z.some(Number.isNaN)) return;
      of.z.forEach((_, k) => {
        const node = (first[top.node] as number) + k;
        heap.push({ node, log: below(top.log, of, k, true), class: classOf[node] as number });
      });
    }
    leaves.forEach((leaf, j) => {
      classes[token * p.k + j] = leaf.class;
      logProbs[token * p.k + j] = leaf.log.high;
    });
  });
  return { classes, logProbs: rounded(logProbs, p.dtype) };
};
