import { type Claims, type DType, SoftmaxError } from '@softmax/core';
import type { Recipes } from '../graphs/recipe.ts';
import { RECIPES } from '../graphs/recipes.ts';
import { single } from '../graphs/single-recipes.ts';
import { CLAIMS, SINGLE } from './claims.ts';
import { preferred } from './location.ts';
import type { checked } from './options.ts';
import { overlaps, type Runtime } from './runtime.ts';
import { inWorkerOfNode } from './thread.ts';

/** The kernels and types that a provider can compute, and their level. */
export interface Provided {
  readonly recipes: Recipes;
  readonly dtypes: readonly DType[];
  readonly claims: Claims;
}

export function provided(
  ort: Runtime,
  { precision, providers, name }: Pick<ReturnType<typeof checked>, 'precision' | 'providers' | 'name'>,
): Provided {
  const device = preferred(providers) ?? '';
  if (DEVICES.has(device) && !overlaps(ort)) {
    // onnxruntime-web's build for these has no float64, not even on the CPU.
    if (precision === 'exact')
      throw new SoftmaxError(
        'INVALID_OPTION',
        'precision',
        precision,
        `accurate or fast: ${name} has no float64 on ${device}`,
      );
    return { recipes: single, dtypes: ['float32', 'int32', 'bool'], claims: SINGLE };
  }
  // One device serves all threads of a process, and onnxruntime-node 1.30 lets them record into one
  // another's commands: "Command encoding already finished", or values that are wrong
  // (of 140 000 draws each was the same).
  if (device === 'webgpu' && inWorkerOfNode())
    throw new SoftmaxError(
      'UNSUPPORTED',
      name,
      'WebGPU in a worker',
      'WebGPU in the main thread alone, or the provider cpu',
    );
  // On a GPU the fused operators lose NaN, and exp may be off by 3 + 2·|x| ulp (WGSL, §15.7.4). The
  // float64 nodes of the exact graphs run on the CPU there.
  const reached = DEVICES.has(device) ? 'exact' : precision;
  return {
    recipes: RECIPES[reached],
    dtypes: ['float16', 'float32', 'float64', 'int32', 'bool'],
    claims: device === 'webgpu' ? { ...CLAIMS[reached], deviations: [ONE_THREAD] } : CLAIMS[reached],
  };
}

const ONE_THREAD = {
  check: 'endurance/contract/several-threads',
  reason: 'WebGPU of onnxruntime-node runs in the main thread alone',
};
const DEVICES: ReadonlySet<string> = new Set(['webgpu', 'webnn']);
