import type { Kernel } from '../contract/backend.ts';
import type { Host } from '../layout/dtype.ts';
import { eachRow, load } from '../layout/rows.ts';
import { decisionAt, normalise } from './parts/decision.ts';
import { Linear } from './parts/linear.ts';

/** From the root down, each decision takes the first child with Σ p > u. */
export const hierarchicalSample: Kernel<'hierarchicalSample', Host, 'sync'> = (p, inputs) => {
  const classes = new Int32Array(p.outer);
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias);
  const h = new Float64Array(p.n);
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    let node = 0;
    let at = token * p.depth;
    while (inputs.classOf[node] === -1) {
      const of = normalise(decisionAt(linear, h, inputs, node), false).z;
      const u = of.length > 1 ? (inputs.noise[at++] as number) : 0;
      let sum = 0;
      let taken = -1;
      while (taken < of.length - 1 && u >= sum) sum += of[++taken] as number;
      // A NaN gives no class.
      if (sum !== sum) break;
      node = (inputs.first[node] as number) + taken;
    }
    classes[token] = inputs.classOf[node] as number;
  });
  return { classes };
};
