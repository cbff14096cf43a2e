import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import { below, children } from './decision.ts';
import { Linear } from './linear.ts';
import { eachRow, load, store } from './row.ts';

/** p(child) = p(node)·p(child | node), breadth first from p(root) = 1. */
export const hierarchicalSoftmax: Kernel<'hierarchicalSoftmax', Host, 'sync'> = (p, inputs) => {
  const y = allocate(p.dtype, p.outer * p.leaves);
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias);
  const [h, z] = [new Float64Array(p.n), new Float64Array(p.leaves)];
  const [of, low] = [new Float64Array(p.nodes), new Float64Array(p.nodes)];
  of[0] = p.log ? 0 : 1;
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    for (let node = 0, to = 1; node < p.nodes; node++) {
      const above = { high: of[node] as number, low: low[node] as number };
      const shares = children(linear, h, inputs, node, p.log);
      for (let k = 0; k < shares.z.length; k++, to++) {
        const own = below(above, shares, k, p.log);
        of[to] = own.high;
        low[to] = own.low;
      }
    }
    for (let c = 0; c < z.length; c++) z[c] = of[inputs.nodeOf[c] as number] as number;
    store(z, y, token * p.leaves, { ...p, n: p.leaves });
  });
  return { y };
};
