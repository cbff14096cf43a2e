import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { double } from './arithmetic/double-double.ts';
import { below, normalise } from './parts/decision.ts';
import { Linear } from './parts/linear.ts';
import { type Tail, tailOf } from './parts/tail.ts';

/** The probabilities of the head, then for each tail p(tail)·p(class | tail). */
export const adaptiveSoftmax: Kernel<'adaptiveSoftmax', Host, 'sync'> = (p, inputs) => {
  const n = p.tails.reduce((sum, { size }) => sum + size, p.head);
  const y = allocate(p.dtype, p.outer * n);
  const head = new Linear(p, p.n, inputs.head, inputs.headBias);
  const tails = p.tails.map((_, i) => tailOf(p, inputs, i, false) as Tail);
  const [h, z] = [new Float64Array(p.n), new Float64Array(n)];
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    const top = normalise(head.logits({ z: h }), p.log);
    z.set(top.z.subarray(0, p.head));
    let at = p.head;
    tails.forEach((tail, i) => {
      const above = below(double(p.log ? 0 : 1), top, p.head + i, p.log);
      const of = normalise(tail.weight.logits(tail.projection.logits({ z: h })), p.log);
      for (let k = 0; k < of.z.length; k++) z[at++] = below(above, of, k, p.log).high;
    });
    store(z, y, token * n, { ...p, n });
  });
  return { y };
};
