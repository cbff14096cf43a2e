import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { type Double, double } from './arithmetic/double-double.ts';
import { below, decisionAt, normalise } from './parts/decision.ts';
import { Linear } from './parts/linear.ts';

/** p(child) = p(node)·p(child | node), breadth first from p(root) = 1. */
export const hierarchicalSoftmax: Kernel<'hierarchicalSoftmax', Host, 'sync'> = (p, inputs) => {
  const y = allocate(p.dtype, p.outer * p.leaves);
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias);
  const [h, z] = [new Float64Array(p.n), new Float64Array(p.leaves)];
  const of: Double[] = [double(p.log ? 0 : 1)];
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    for (let node = 0, to = 1; node < p.nodes; node++) {
      const shares = normalise(decisionAt(linear, h, inputs, node), p.log);
      for (let k = 0; k < shares.z.length; k++) of[to++] = below(of[node] as Double, shares, k, p.log);
    }
    for (let c = 0; c < z.length; c++) z[c] = (of[inputs.nodeOf[c] as number] as Double).high;
    store(z, y, token * p.leaves, { ...p, n: p.leaves });
  });
  return { y };
};
