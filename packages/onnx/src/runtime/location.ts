import type { FloatType } from '@softmax/core';
import type { Recipe } from '../graphs/recipe.ts';
import { ALL, GraphBuilder } from '../model/builder.ts';
import type { Graph } from '../model/graph.ts';
import type { Providers } from './options.ts';

/** The name of the provider with the highest priority. */
export const preferred = (providers: Providers | undefined): string | undefined => {
  const first = providers?.[0];
  return typeof first === 'string' ? first : first?.name;
};

/**
 * Session options for the location of a graph's results: on the GPU if WebGPU has their type,
 * otherwise on the host.
 */
export function locations(providers: Providers | undefined, { outputs }: Graph): object {
  if (preferred(providers) !== 'webgpu') return {};
  const each = outputs.map(({ name, dtype }) => [name, ON_GPU.has(dtype) ? 'gpu-buffer' : 'cpu']);
  return { preferredOutputLocation: Object.fromEntries(each) };
}

/** Session options for results that are read at once. */
export const onHost = (): object => ({ preferredOutputLocation: 'cpu' });

const ON_GPU: ReadonlySet<string> = new Set(['float32', 'int32']);

/**
 * Copies a GPU tensor to the host: onnxruntime-node 1.30 ends the process in `Tensor.getData` of
 * such a tensor.
 */
export const reading = (dtype: FloatType): Recipe => ({
  key: `read ${dtype}`,
  graph: () => {
    const g = new GraphBuilder();
    g.output('y', g.input('x', dtype, ALL), dtype, ALL);
    return g.graph;
  },
});
