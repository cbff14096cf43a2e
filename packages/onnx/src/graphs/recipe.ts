import type { KernelName, Kernels, Problem } from '@softmax/core';
import type { Graph } from '../model/graph.ts';

/** The graph that solves a call, and a key that the kernel's calls of one graph share: no number of the problem is part of it. */
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

/** Returns the recipe of a kernel: a variant, which distinguishes its graphs, and the graph of each variant. */
export const recipe =
  <P, V extends object>(graph: (variant: V) => Graph, variantOf: (problem: P, given: Given) => V) =>
  (problem: P, given: Given): Recipe => {
    const variant = variantOf(problem, given);
    return { key: JSON.stringify(variant), graph: () => graph(variant) };
  };

/** Where the dtype does, and whether the graph is to mark what it cannot decide. */
export const doubted = ({
  dtype,
  doubts = false,
}: Problem & { readonly doubts?: boolean }): Pick<Problem, 'dtype'> & { readonly doubts: boolean } => ({
  dtype,
  doubts,
});

/** Where nothing but the dtype does. */
export const typed = ({ dtype }: Problem): Pick<Problem, 'dtype'> => ({ dtype });
