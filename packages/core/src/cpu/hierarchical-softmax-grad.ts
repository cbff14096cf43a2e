import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import { carry } from './carry.ts';
import { below, decision, normalise } from './decision.ts';
import { Linear } from './linear.ts';
import { eachRow, load, rounded, store } from './row.ts';
import { Sums } from './sums.ts';

/**
 * Down the tree the probability of every node, up again its cotangent: of log p(node) the sum over its leaves, else the
 * mean of dy below it; at each node that of its logits, which for p is p(node) times what one choice gives.
 */
export const hierarchicalSoftmaxGrad: Kernel<'hierarchicalSoftmaxGrad', Host, 'sync'> = (p, inputs) => {
  const { first, rowOf, classOf } = inputs;
  const linear = new Linear(p, p.n, inputs.weight, inputs.bias, p.rows);
  const dh = allocate(p.dtype, inputs.h.length);
  const [h, dy] = [new Float64Array(p.n), new Float64Array(p.leaves)];
  const [z, beyond, g] = [new Float64Array(p.nodes), new Float64Array(p.nodes), new Float64Array(p.nodes)];
  const [of, low] = [new Float64Array(p.nodes), new Float64Array(p.nodes)];
  const impossible = p.log ? Number.NEGATIVE_INFINITY : 0;
  of[0] = p.log ? 0 : 1;
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    load(inputs.dy, token * p.leaves, { ...p, n: p.leaves }, dy);
    for (let node = 0; node < p.nodes; node++) {
      const [from, to] = [first[node] as number, first[node + 1] as number];
      if (from === to) continue;
      const above = { high: of[node] as number, low: low[node] as number };
      const count = to - from > 2 ? to - from : to - from - 1;
      const logits = decision(linear.logits({ z: h }, rowOf[from], count));
      z.set(logits.z, from);
      if (logits.low) beyond.set(logits.low, from);
      const shares = normalise(logits, p.log);
      for (let k = from; k < to; k++) {
        const own = below(above, shares, k - from, p.log);
        of[k] = own.high;
        low[k] = own.low;
      }
    }
    const into = new Sums(p.n);
    for (let node = p.nodes - 1; node >= 0; node--) {
      const [from, to] = [first[node] as number, first[node + 1] as number];
      const above = of[node] as number;
      // What cannot be reached is not read, neither its cotangent nor the weights below it.
      if (above === impossible) g[node] = 0;
      else if (from === to) g[node] = dy[classOf[node] as number] as number;
      else {
        const dz = z.subarray(from, to);
        g[node] = carry(
          p.dtype === 'float64' ? { z: dz, low: beyond.subarray(from, to) } : { z: dz },
          g.subarray(from, to),
          p.log,
        );
        const count = to - from > 2 ? to - from : to - from - 1;
        const row = rowOf[from] as number;
        linear.backward(h, dz, p.log ? 1 : above, into, row, row, count);
      }
    }
    store(into.values, dh, start, p);
  });
  return { dh, dweight: rounded(linear.dw.values, p.dtype), dbias: rounded(linear.db.values, p.dtype) };
};
