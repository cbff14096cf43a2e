import type { Gumbel, Kernel } from '@softmax/core';
import type { Memory, WasmBuffer } from '../memory.ts';
import { eachRows } from '../rows.ts';
import { temperate } from './distribution.ts';

const isOwn = (p: Gumbel, hard: boolean): boolean =>
  p.dtype !== 'float64' && (hard || temperate(p.temperature));

type GumbelKernel = Kernel<'gumbelSoftmax', WasmBuffer, 'sync'>;

/** Gumbel-softmax in float32, soft or hard; temperatures near the limits are the reference's. */
export function gumbelSoftmax(memory: Memory, other: GumbelKernel): GumbelKernel {
  return (p, inputs) => {
    if (!isOwn(p, p.hard)) return other(p, inputs);
    memory.prepare(p.n, p.hard ? 1 : p.temperature);
    const y = memory.allocate(p.dtype, inputs.x.length);
    eachRows(memory, p, { ...inputs, beside: inputs.noise }, { y }, (at) =>
      memory.exports.gumbelSoftmax(at.w, at.x, at.beside, at.mask, at.y, at.rows, p.n, Number(p.hard)),
    );
    return { y };
  };
}

type GradientKernel = Kernel<'gumbelSoftmaxGrad', WasmBuffer, 'sync'>;

export function gumbelSoftmaxGrad(memory: Memory, other: GradientKernel): GradientKernel {
  return (p, inputs) => {
    if (!isOwn(p, false)) return other(p, inputs);
    memory.prepare(p.n, p.temperature);
    const dx = memory.allocate(p.dtype, inputs.x.length);
    eachRows(memory, p, { ...inputs, beside: inputs.noise }, { y: dx }, (at) =>
      memory.exports.gumbelSoftmaxGrad(at.w, at.x, at.beside, at.mask, at.dy, at.y, at.rows, p.n),
    );
    return { dx };
  };
}
