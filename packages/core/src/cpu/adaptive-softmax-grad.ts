import type { Kernel } from '../contract/backend.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { eachRow, load, store } from '../layout/rows.ts';
import { scaleOf } from './arithmetic/magnitude.ts';
import { Sums } from './arithmetic/sums.ts';
import { carry } from './parts/carry.ts';
import { normalise } from './parts/decision.ts';
import { Linear } from './parts/linear.ts';
import { gradients, type Tail, tailOf } from './parts/tail.ts';

/**
 * The tails come first: the sums (for log p) or means (for p) of their dy are the cotangents of the
 * tails in the head.
 */
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
    const unit = scaleOf(dy);
    for (let k = 0; k < n; k++) dy[k] = (dy[k] as number) * unit;
    const logits = head.logits({ z: h });
    const { z } = logits;
    const top = normalise(logits, false).z;
    const g = new Float64Array(z.length);
    g.set(dy.subarray(0, p.head));
    let to = p.head;
    tails.forEach(({ projection, weight }, i) => {
      const { size } = p.tails[i] as (typeof p.tails)[number];
      const tailCotangents = dy.subarray(to, to + size);
      to += size;
      // The inputs of an impossible tail are not read.
      if (z[p.head + i] === Number.NEGATIVE_INFINITY) return;
      const t = projection.logits({ z: h });
      const dz = weight.logits(t);
      const dt = new Sums(t.z.length);
      g[p.head + i] = carry(dz, tailCotangents, p.log);
      weight.backward(t.z, dz.z, { factor: p.log ? 1 : (top[p.head + i] as number), unit }, dt);
      projection.backward(h, dt.in(unit).values, { factor: 1, unit }, into);
    });
    carry(logits, g, p.log);
    head.backward(h, z, { factor: 1, unit }, into);
    store(into.values, dh, start, p);
  });
  return { dh, ...gradients(p, head, tails) };
};
