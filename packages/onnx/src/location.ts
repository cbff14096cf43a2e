import type { FloatType } from '@softmax/core';
import { ALL, GraphBuilder } from './builder.ts';
import type { Graph } from './graph.ts';
import type { Providers } from './options.ts';
import type { Recipe } from './recipes.ts';

/** The name of the provider that is preferred to all others. */
export const preferred = (providers: Providers | undefined): string | undefined => {
  const first = providers?.[0];
  return typeof first === 'string' ? first : first?.name;
};

/** Where a graph's results are to be: on the GPU, where WebGPU has their type, else on the host. */
export const locations = (providers: Providers | undefined, { outputs }: Graph): object =>
  preferred(providers) === 'webgpu'
    ? Object.fromEntries(outputs.map(({ name, dtype }) => [name, ON_GPU.has(dtype) ? 'gpu-buffer' : 'cpu']))
    : {};

const ON_GPU: ReadonlySet<string> = new Set(['float32', 'int32']);

/** Gives a tensor of a GPU out on the host: onnxruntime-node 1.30 ends the process in `Tensor.getData` of such a one. */
export const reading = (dtype: FloatType): Recipe => ({
  key: `read ${dtype}`,
  graph: () => {
    const g = new GraphBuilder('read');
    g.output('y', g.input('x', dtype, ALL), dtype, ALL);
    return g.graph;
  },
});
