import type { Elementwise, Value } from '../model/elementwise.ts';

interface Builder {
  op(op: Elementwise, ...inputs: readonly Value[]): Value;
}

type Rewrite = (g: Builder, ...inputs: readonly Value[]) => Value;

/**
 * Replaces operators that onnxruntime 1.30 lacks on WebGPU by operators that it has. Each missing
 * one would wait for the GPU, run on the host and be sent back, six times for a row of five logits.
 * IEEE 754: only NaN differs from itself.
 */
export const ON_DEVICE: { readonly [op in Elementwise]?: Rewrite } = {
  IsInf: (g, x = '') => g.op('Equal', g.op('Abs', x), Number.POSITIVE_INFINITY),
  IsNaN: (g, x = '') => g.op('Not', g.op('Equal', x, x)),
  Or: (g, a = '', b = '') => g.op('Not', g.op('And', g.op('Not', a), g.op('Not', b))),
};
