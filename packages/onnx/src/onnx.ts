import type { Backend, DType, KernelTable, Problem } from '@softmax/core';
import { CLAIMS } from './claims.ts';
import { checked, type OnnxOptions } from './options.ts';
import { RECIPES, type Recipe } from './recipes.ts';
import type { OrtTensor, Runtime } from './runtime.ts';
import { type Buffers, Solver } from './solver.ts';

export interface OnnxBackend extends Backend<OrtTensor, 'async'> {
  /** Releases every session when its calls are done; later calls reject with `DISPOSED`. */
  dispose(): Promise<void>;
}

const DTYPES: readonly DType[] = ['float16', 'float32', 'float64', 'int32', 'bool'];

/**
 * ONNX graphs, run in the onnxruntime that is passed in: the module onnxruntime-node or onnxruntime-web.
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
  const { precision, name } = settings;
  const solver = new Solver(ort, settings);
  const kernels = Object.entries(RECIPES[precision]).map(([kernel, recipe]) => {
    const recipeFor = recipe as (problem: Problem, given: object) => Recipe;
    const solve = (problem: Problem, inputs: Partial<Buffers>) =>
      solver.solve(recipeFor(problem, inputs), problem, inputs);
    return [kernel, solve];
  });
  return {
    spec: 1,
    name,
    mode: 'async',
    dtypes: DTYPES,
    kernels: Object.fromEntries(kernels) as KernelTable<OrtTensor, 'async'>,
    claims: CLAIMS[precision],
    upload: (data, dtype) => solver.hold(data, dtype),
    download: (buffer) => solver.read(buffer),
    free: (buffer) => buffer.dispose(),
    dispose: () => solver.dispose(),
  };
}
