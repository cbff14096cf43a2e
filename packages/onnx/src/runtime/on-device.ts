import type { Elementwise, Value } from '../model/elementwise.ts';

interface Builder {
  op(op: Elementwise, ...inputs: readonly Value[]): Value;
}

type Rewrite = (g: Builder, ...inputs: readonly Value[]) => Value;

/**
 * The operators that onnxruntime 1.30 has not on WebGPU, by those that it has: each of them would wait for the GPU, be
 * computed on the host and sent back, which a row of five logits does six times. IEEE 754: only NaN differs from itself.
 */
export const ON_DEVICE: { readonly [op in Elementwise]?: Rewrite } = {
  IsInf: (g, x = '') => g.op('Equal', g.op('Abs', x), Number.POSITIVE_INFINITY),
  IsNaN: (g, x = '') => g.op('Not', g.op('Equal', x, x)),
  Or: (g, a = '', b = '') => g.op('Not', g.op('And', g.op('Not', a), g.op('Not', b))),
};
