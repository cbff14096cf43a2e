import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import type { HierarchicalKernels } from '../hierarchy.ts';
import { choose } from './decision.ts';
import { Linear, type Logits } from './linear.ts';
import { reduced } from './reduced.ts';
import { load, rounded, store } from './row.ts';
import { Sums } from './sums.ts';
import { tailOf } from './tail.ts';

type Inputs = Parameters<Kernel<'adaptiveLossGrad', Host, 'sync'>>[1];

export const adaptiveLoss: Kernel<'adaptiveLoss', Host, 'sync'> = (p, inputs) => ({
  loss: solve(p, inputs).loss,
});

export const adaptiveLossGrad: Kernel<'adaptiveLossGrad', Host, 'sync'> = (p, inputs) => {
  const dh = allocate(p.dtype, inputs.h.length);
  const { loss, head, tails } = solve(p, inputs, dh);
  const of = ({ values }: Sums) => rounded(values, p.dtype);
  const ofTails: { [name in `dprojection${number}` | `dtail${number}`]: Host } = {};
  // A tail without a target has gradient 0.
  p.tails.forEach(({ size, width }, i) => {
    const tail = tails[i];
    ofTails[`dprojection${i}`] = tail ? of(tail.projection.dw) : allocate(p.dtype, width * p.n);
    ofTails[`dtail${i}`] = tail ? of(tail.weight.dw) : allocate(p.dtype, size * width);
  });
  return { loss, dh, dhead: of(head.dw), dheadBias: of(head.db), ...ofTails };
};

/** l = −log p(class or tail) − log p(class | tail), the tail's features being its projection of h. */
function solve(p: HierarchicalKernels['adaptiveLoss']['problem'], inputs: Inputs, into?: Host) {
  const head = new Linear(p, p.n, inputs.head, inputs.headBias, into && p.head + p.tails.length);
  const tails = p.tails.map((_, i) => tailOf(p, inputs, i, into !== undefined));
  const h = new Float64Array(p.n);
  const descend = (linear: Linear, x: Logits, chosen: number, scale: number, dx: Sums): number => {
    const z = linear.logits(x);
    const loss = choose(z, chosen);
    if (into) linear.backward(x.z, z.z, scale, dx);
    return loss;
  };
  const loss = reduced(p, inputs.weights, inputs.dy, (start, token, scale) => {
    load(inputs.h, start, p, h);
    const [part, at] = [inputs.parts[token] as number, inputs.classes[token] as number];
    const [dh, tail] = [new Sums(p.n), tails[part]];
    let loss = descend(head, { z: h }, tail ? p.head + part : at, scale, dh);
    if (tail) {
      const t = tail.projection.logits({ z: h });
      const dt = new Sums(t.z.length);
      loss += descend(tail.weight, t, at, scale, dt);
      if (into) tail.projection.backward(h, dt.values, 1, dh);
    }
    if (into) store(dh.values, into, start, p);
    return loss;
  });
  return { loss, head, tails };
}
