import type { Kernel } from '../contract/backend.ts';
import type { HierarchicalKernels } from '../contract/tree-kernels.ts';
import { allocate, type Host } from '../layout/dtype.ts';
import { load, store } from '../layout/rows.ts';
import { type Scale, scaleFrom } from './arithmetic/magnitude.ts';
import type { Scaled } from './arithmetic/scaled.ts';
import { ScaledSum } from './arithmetic/scaled-sum.ts';
import { Sums } from './arithmetic/sums.ts';
import { choose } from './parts/decision.ts';
import { Linear, type Logits } from './parts/linear.ts';
import { reduced } from './parts/reduced.ts';
import { gradients, tailOf } from './parts/tail.ts';

type Inputs = Parameters<Kernel<'adaptiveLossGrad', Host, 'sync'>>[1];

export const adaptiveLoss: Kernel<'adaptiveLoss', Host, 'sync'> = (p, inputs) => ({
  loss: solve(p, inputs).loss,
});

export const adaptiveLossGrad: Kernel<'adaptiveLossGrad', Host, 'sync'> = (p, inputs) => {
  const dh = allocate(p.dtype, inputs.h.length);
  const { loss, head, tails } = solve(p, inputs, dh);
  return { loss, dh, ...gradients(p, head, tails) };
};

/**
 * l = −log p(class or tail) − log p(class | tail); the features of the tail are its projection of
 * h.
 */
function solve(p: HierarchicalKernels['adaptiveLoss']['problem'], inputs: Inputs, into?: Host) {
  const head = new Linear(p, p.n, inputs.head, inputs.headBias, into && p.head + p.tails.length);
  const tails = p.tails.map((_, i) => tailOf(p, inputs, i, into !== undefined));
  const h = new Float64Array(p.n);
  const descend = (linear: Linear, x: Logits, chosen: number, scale: Scale, dx: Sums): Scaled => {
    const z = linear.logits(x);
    const loss = choose(z, chosen);
    if (into) linear.backward(x.z, z.z, scale, dx);
    return loss;
  };
  const loss = reduced(p, inputs.weights, inputs.dy, (start, token, factor) => {
    const scale = scaleFrom(factor);
    load(inputs.h, start, p, h);
    const [part, at] = [inputs.parts[token] as number, inputs.classes[token] as number];
    const [dh, tail] = [new Sums(p.n), tails[part]];
    const first = descend(head, { z: h }, tail ? p.head + part : at, scale, dh);
    const loss = new ScaledSum();
    loss.add(first.m, 1, first.e);
    // The inputs of an impossible tail are not read.
    if (tail && first.m !== Number.POSITIVE_INFINITY) {
      const t = tail.projection.logits({ z: h });
      const dt = new Sums(t.z.length);
      const second = descend(tail.weight, t, at, scale, dt);
      loss.add(second.m, 1, second.e);
      if (into) tail.projection.backward(h, dt.in(scale.unit).values, { factor: 1, unit: scale.unit }, dh);
    }
    if (into) store(dh.values, into, start, p);
    return loss.value;
  });
  return { loss, head, tails };
}
