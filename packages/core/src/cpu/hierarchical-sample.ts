import type { Kernel } from '../backend.ts';
import type { Host } from '../dtype.ts';
import { children } from './decision.ts';
import { Linear } from './linear.ts';
import { eachRow, load } from './row.ts';

/** From the root down, at each decision the first child with Σ p > u; by rounding none: the last possible one. */
export const hierarchicalSample: Kernel<'hierarchicalSample', Host, 'sync'> = (p, inputs) => {
  const { first, rowOf, classOf, noise } = inputs;
  const classes = new Int32Array(p.outer);
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias);
  const h = new Float64Array(p.n);
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    let node = 0;
    let at = token * p.depth;
    while (node >= 0 && classOf[node] === -1) {
      const from = first[node] as number;
      const of = children(linear, rowOf[from] as number, h, (first[node + 1] as number) - from, false);
      const u = of.length > 1 ? (noise[at++] as number) : 0;
      node = of.some(Number.isNaN) ? -1 : from + pick(of, u);
    }
    classes[token] = node < 0 ? -1 : (classOf[node] as number);
  });
  return { classes };
};

function pick(p: Float64Array, u: number): number {
  let [sum, last] = [0, 0];
  for (let k = 0; k < p.length; k++) {
    if (p[k] === 0) continue;
    sum += p[k] as number;
    last = k;
    if (u < sum) break;
  }
  return last;
}
