import type { FloatType } from '@softmax/core';
import type { Recipe } from '../graphs/recipe.ts';
import { ALL, GraphBuilder } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import type { Providers } from './options.ts';

/** The name of the provider that is preferred to all others. */
export const preferred = (providers: Providers | undefined): string | undefined => {
  const first = providers?.[0];
  return typeof first === 'string' ? first : first?.name;
};

/** Session options for where a graph's results are to be: on the GPU, where WebGPU has their type, else on the host. */
export function locations(providers: Providers | undefined, { outputs }: Graph): object {
  if (preferred(providers) !== 'webgpu') return {};
  const each = outputs.map(({ name, dtype }) => [name, ON_GPU.has(dtype) ? 'gpu-buffer' : 'cpu']);
  return { preferredOutputLocation: Object.fromEntries(each) };
}

/** The same for results that are read. */
export const onHost = (): object => ({ preferredOutputLocation: 'cpu' });

const ON_GPU: ReadonlySet<string> = new Set(['float32', 'int32']);

/** Gives a tensor of a GPU out on the host: onnxruntime-node 1.30 ends the process in `Tensor.getData` of such a one. */
export const reading = (dtype: FloatType): Recipe => ({
  key: `read ${dtype}`,
  graph: () => {
    const g = new GraphBuilder();
    g.output('y', g.input('x', dtype, ALL), dtype, ALL);
    return g.graph;
  },
});
