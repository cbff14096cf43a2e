import type { Kernel } from '../backend.ts';
import type { Host } from '../dtype.ts';
import { children } from './decision.ts';
import { Heap } from './heap.ts';
import { Linear } from './linear.ts';
import { eachRow, load, rounded } from './row.ts';

/**
 * Best first: no node is likelier than its parent, so that the leaves leave the heap in order. Among equals inner nodes
 * go first (their class is −1), then the lower class.
 */
export const hierarchicalTopK: Kernel<'hierarchicalTopK', Host, 'sync'> = (p, inputs) => {
  const { first, rowOf, classOf } = inputs;
  const classes = new Int32Array(p.outer * p.k);
  const logProbs = new Float64Array(p.outer * p.k);
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias);
  const h = new Float64Array(p.n);
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    const heap = new Heap((a, b) => (classOf[a] as number) - (classOf[b] as number));
    heap.push(0, 0);
    const end = (token + 1) * p.k;
    for (let at = token * p.k; at < end; ) {
      const { item: node, key } = heap.pop();
      const from = first[node] as number;
      const of = children(linear, rowOf[from] as number, h, (first[node + 1] as number) - from, true);
      if (of.some(Number.isNaN)) {
        classes.fill(-1, token * p.k, end);
        logProbs.fill(Number.NaN, token * p.k, end);
        break;
      }
      of.forEach((log, k) => {
        heap.push(from + k, key + log);
      });
      if (of.length > 0) continue;
      classes[at] = classOf[node] as number;
      logProbs[at++] = key;
    }
  });
  return { classes, logProbs: rounded(logProbs, p.dtype) };
};
