import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import { carry } from './carry.ts';
import { normalise } from './decision.ts';
import { Linear } from './linear.ts';
import { eachRow, load, rounded, store } from './row.ts';
import { Sums } from './sums.ts';
import { type Tail, tailOf } from './tail.ts';

/** The tails first: their sums (of log p) or means (of p) of dy are the cotangents of the tails in the head. */
export const adaptiveSoftmaxGrad: Kernel<'adaptiveSoftmaxGrad', Host, 'sync'> = (p, inputs) => {
  const n = p.tails.reduce((sum, { size }) => sum + size, p.head);
  const dh = allocate(p.dtype, inputs.h.length);
  const head = new Linear(p, p.n, inputs.head, inputs.headBias, p.head + p.tails.length);
  const tails = p.tails.map((_, i) => tailOf(p, inputs, i, true) as Tail);
  const [h, dy] = [new Float64Array(p.n), new Float64Array(n)];
  eachRow(p, (start, token) => {
    load(inputs.h, start, p, h);
    load(inputs.dy, token * n, { ...p, n }, dy);
    const into = new Sums(p.n);
    const logits = head.logits({ z: h });
    const { z } = logits;
    const top = normalise(logits, false).z;
    const g = new Float64Array(z.length);
    g.set(dy.subarray(0, p.head));
    let to = p.head;
    tails.forEach(({ projection, weight }, i) => {
      const { size } = p.tails[i] as (typeof p.tails)[number];
      const own = dy.subarray(to, to + size);
      to += size;
      // A tail that is impossible is not read.
      if (z[p.head + i] === Number.NEGATIVE_INFINITY) return;
      const t = projection.logits({ z: h });
      const dz = weight.logits(t);
      const dt = new Sums(t.z.length);
      g[p.head + i] = carry(dz, own, p.log);
      weight.backward(t.z, dz.z, p.log ? 1 : (top[p.head + i] as number), dt);
      projection.backward(h, dt.values, 1, into);
    });
    carry(logits, g, p.log);
    head.backward(h, z, 1, into);
    store(into.values, dh, start, p);
  });
  const of = ({ values }: Sums) => rounded(values, p.dtype);
  const ofTails = tails.map(({ projection, weight }, i) => ({
    [`dprojection${i}`]: of(projection.dw),
    [`dtail${i}`]: of(weight.dw),
  }));
  return { dh, dhead: of(head.dw), dheadBias: of(head.db), ...Object.assign({}, ...ofTails) };
};
