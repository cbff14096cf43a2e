import type { Kernel } from '../backend.ts';
import { allocate, type Host } from '../dtype.ts';
import type { HierarchicalKernels, TailInputs } from '../hierarchy.ts';
import { choose } from './decision.ts';
import { Linear } from './linear.ts';
import { reduced } from './reduced.ts';
import { load, rounded, store } from './row.ts';
import { Sums } from './sums.ts';

type Inputs = Parameters<Kernel<'adaptiveLossGrad', Host, 'sync'>>[1];

export const adaptiveLoss: Kernel<'adaptiveLoss', Host, 'sync'> = (p, inputs) => ({ loss: solve(p, inputs) });

export const adaptiveLossGrad: Kernel<'adaptiveLossGrad', Host, 'sync'> = (p, inputs) => {
  const dh = allocate(p.dtype, inputs.h.length);
  const logits = p.head + p.tails.length;
  const sums: { [name in TailInputs]: Sums } = {};
  const tails: { [name in `d${TailInputs}`]: Host } = {};
  p.tails.forEach((_, i) => {
    for (const name of [`projection${i}`, `tail${i}`] as const)
      if (inputs[name]) sums[name] = new Sums(inputs[name].length);
  });
  const [dhead, dheadBias] = [new Sums(logits * p.n), new Sums(logits)];
  const loss = solve(p, inputs, { dh, dhead, dheadBias, sums });
  p.tails.forEach(({ size, width }, i) => {
    tails[`dprojection${i}`] = done(sums[`projection${i}`], width * p.n);
    tails[`dtail${i}`] = done(sums[`tail${i}`], size * width);
  });
  // A tail without a target has gradient 0.
  function done(sum: Sums | undefined, length: number): Host {
    return sum ? rounded(sum.values, p.dtype) : allocate(p.dtype, length);
  }
  return { loss, dh, dhead: done(dhead, 0), dheadBias: done(dheadBias, 0), ...tails };
};

interface Gradients {
  readonly dh: Host;
  readonly dhead: Sums;
  readonly dheadBias: Sums;
  readonly sums: { readonly [name in TailInputs]?: Sums };
}

/** l = −log p(class or tail) − log p(class | tail), the tail's features being its projection of h. */
function solve(p: HierarchicalKernels['adaptiveLoss']['problem'], inputs: Inputs, into?: Gradients): Host {
  const head = new Linear(p, p.n, inputs.head, inputs.headBias);
  const h = new Float64Array(p.n);
  const z = new Float64Array(p.head + p.tails.length);
  return reduced(p, inputs.weights, inputs.dy, (start, token, scale) => {
    load(inputs.h, start, p, h);
    const [part, at] = [inputs.parts[token] as number, inputs.classes[token] as number];
    const dh = new Sums(p.n);
    head.logits(0, h, z);
    const loss = choose(z, part < 0 ? at : p.head + part);
    if (into) head.backwards(h, z, scale, dh, into.dhead, into.dheadBias);
    const beyond = part < 0 ? 0 : inTail(part, at, scale, dh);
    if (into) store(dh.values, into.dh, start, p);
    return loss + beyond;
  });

  function inTail(part: number, at: number, scale: number, dh: Sums): number {
    const { width, size } = p.tails[part] as (typeof p.tails)[number];
    const names = [`projection${part}`, `tail${part}`] as const;
    const projection = new Linear(p, p.n, inputs[names[0]] as Host);
    const tail = new Linear(p, width, inputs[names[1]] as Host);
    const [t, v, dt] = [new Float64Array(width), new Float64Array(size), new Sums(width)];
    projection.logits(0, h, t);
    tail.logits(0, t, v);
    const loss = choose(v, at);
    const [dprojection, dtail] = [into?.sums[names[0]], into?.sums[names[1]]];
    if (!dprojection || !dtail) return loss;
    tail.backwards(t, v, scale, dt, dtail);
    projection.backwards(h, dt.values, 1, dh, dprojection);
    return loss;
  }
}
