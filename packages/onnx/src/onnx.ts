import type { Backend, KernelTable, Problem } from '@softmax/core';
import type { Recipe } from './graphs/recipe.ts';
import { decided } from './runtime/doubts.ts';
import { checked, type OnnxOptions } from './runtime/options.ts';
import { provided } from './runtime/provided.ts';
import type { OrtTensor, Runtime } from './runtime/runtime.ts';
import { type Buffers, Solver } from './runtime/solver.ts';

export interface OnnxBackend extends Backend<OrtTensor, 'async'> {
  /**
   * Releases every session when its calls are done, and tensors on a device; later calls reject
   * with `DISPOSED`.
   */
  dispose(): Promise<void>;
}

/**
 * A backend of ONNX graphs, run in a runtime module: onnxruntime-node or onnxruntime-web.
 *
 * @throws {SoftmaxError} INVALID_OPTION
 * @example
 * ```ts
 * import * as ort from 'onnxruntime-node';
 *
 * const sm = createSoftmax(onnx(ort));
 * const y = await sm.softmax([1, 1]);
 * await y.toArray(); // [0.5, 0.5]
 * ```
 */
export function onnx(ort: Runtime, options: OnnxOptions = {}): OnnxBackend {
  const settings = checked(options);
  const { name } = settings;
  const { recipes, dtypes, claims } = provided(ort, settings);
  const solver = new Solver(ort, settings);
  const kernels = Object.entries(recipes).map(([kernel, recipe]) => {
    const recipeFor = recipe as (problem: Problem, given: object) => Recipe;
    const solve = (problem: Problem, inputs: Partial<Buffers>) => {
      const { key, graph } = recipeFor(problem, inputs);
      return solver.solve({ key: `${kernel} ${key}`, graph }, problem, inputs);
    };
    return [kernel, decided(solver, kernel, solve)];
  });
  return {
    spec: 1,
    name,
    mode: 'async',
    dtypes,
    kernels: Object.fromEntries(kernels) as KernelTable<OrtTensor, 'async'>,
    claims,
    upload: (data, dtype) => solver.hold(data, dtype),
    download: (buffer) => solver.read(buffer),
    free: (buffer) => solver.free(buffer),
    dispose: () => solver.dispose(),
  };
}
