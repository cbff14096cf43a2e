import type { KernelName, Kernels } from '@softmax/core';
import type { Graph } from './graph.ts';

/** The graph that solves a call, and a key that calls of one graph share: no number of the problem is part of it. */
export interface Recipe {
  readonly key: string;
  readonly graph: () => Graph;
}

/** The recipe of each kernel that there is, from the problem and the inputs that are given. */
export type Recipes = {
  readonly [K in KernelName]?: (problem: Kernels[K]['problem'], given: Given) => Recipe;
};

/** The inputs that a call gives, by name. */
export type Given = { readonly [name: string]: unknown };

export const recipe = <V extends object>(name: string, graph: (variant: V) => Graph, variant: V): Recipe => ({
  key: `${name} ${JSON.stringify(variant)}`,
  graph: () => graph(variant),
});
