import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import { normalise } from './decision.ts';
import { Linear } from './linear.ts';
import { eachRow, load, store } from './row.ts';

/** The head's probabilities, then for each tail p(tail)·p(class | tail). */
export const adaptiveSoftmax: Kernel<'adaptiveSoftmax', Host, 'sync'> = (p, inputs) => {
  const n = p.tails.reduce((sum, { size }) => sum + size, p.head);
  const y = allocate(p.dtype, p.outer * n);
  const head = new Linear(p, p.n, inputs.head, inputs.headBias);
  const tails = p.tails.map(({ size, width }, i) => {
    const projection = new Linear(p, p.n, inputs[`projection${i}`] as Host);
    return { size, width, projection, tail: new Linear(p, width, inputs[`tail${i}`] as Host) };
  });
  const [h, top, z] = [new Float64Array(p.n), new Float64Array(p.head + tails.length), new Float64Array(n)];
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    head.logits(0, h, top);
    normalise(top, p.log);
    z.set(top.subarray(0, p.head));
    let at = p.head;
    tails.forEach(({ size, width, projection, tail }, i) => {
      const [t, v] = [new Float64Array(width), z.subarray(at, at + size)];
      projection.logits(0, h, t);
      tail.logits(0, t, v);
      normalise(v, p.log);
      const above = top[p.head + i] as number;
      for (let k = 0; k < size; k++) v[k] = p.log ? above + (v[k] as number) : above * (v[k] as number);
      at += size;
    });
    store(z, y, token * n, { ...p, n });
  });
  return { y };
};
