import { cpuKernels, type Host, type KernelName, type Problem } from '@softmax/core';
import type { OrtTensor } from './runtime.ts';
import type { Buffers, Solver } from './solver.ts';

type Solve = (problem: Problem, inputs: Partial<Buffers>) => Promise<Buffers>;

const UNDECIDED: ReadonlySet<string> = new Set([
  'sparsemax',
  'entmax15',
  'entmax',
  'entmaxGrad',
  'entmaxLoss',
  'entmaxLossGrad',
  'logSumExp',
  'logAddExp',
  'logCumSumExp',
  'signedLogSumExp',
  'signedLogSumExpGrad',
] satisfies readonly KernelName[]);

/**
 * A kernel whose thresholds or sums float64 may not decide: graphs have nothing wider. Calls that a graph marks as
 * uncertain, and float64 of an α whose powers need double-double, are solved by the CPU reference.
 */
export function decided(solver: Solver, kernel: string, solve: Solve): Solve {
  if (!UNDECIDED.has(kernel)) return solve;
  const onHost: Solve = async (problem, inputs) => {
    const given: Record<string, Host> = {};
    for (const [name, buffer] of Object.entries(inputs)) if (buffer) given[name] = await solver.read(buffer);
    const reference = cpuKernels[kernel as KernelName] as (p: Problem, inputs: object) => object;
    const results = Object.entries(reference(problem, given)) as [string, Host][];
    return Object.fromEntries(results.map(([name, data]) => [name, solver.hold(data, problem.dtype)]));
  };
  return async (problem, inputs) => {
    const { alpha } = problem as Problem & { readonly alpha?: number };
    if (problem.dtype === 'float64' && alpha !== undefined && alpha !== 1.5 && alpha !== 2)
      return onHost(problem, inputs);
    const { doubts, ...results } = await solve({ ...problem, doubts: true } as Problem, inputs);
    // A graph of float32 alone marks nothing.
    if (!doubts) return results;
    const [uncertain] = await solver.read(doubts as OrtTensor);
    solver.free(doubts as OrtTensor);
    if (!uncertain) return results;
    for (const result of Object.values(results)) solver.free(result as OrtTensor);
    return onHost(problem, inputs);
  };
}
