import {
  type Backend,
  cpu,
  cpuKernels,
  type Distribution,
  type Host,
  type Kernel,
  type KernelTable,
  type OpName,
} from '@softmax/core';
import type { Category } from '../../src/plan/check.ts';
import { rowwise } from './rowwise.ts';

/** A kernel with one mistake in it, and the operations that meet it. */
export interface Mutant {
  readonly name: string;
  readonly ops: readonly OpName[];
  readonly kernels: KernelTable<Host, 'sync'>;
  /** The category of the checks that exist for its mistake. Default: any. */
  readonly dies?: Category;
}

/** The same mutants, which a check of this category must kill. */
export const dying = (dies: Category, mutants: readonly Mutant[]): readonly Mutant[] =>
  mutants.map((mutant) => ({ ...mutant, dies }));

export const backendOf = ({ name, kernels }: Mutant): Backend<Host, 'sync'> => ({
  ...cpu(),
  name,
  kernels: { ...cpuKernels, ...kernels },
});

type K<N extends keyof typeof cpuKernels> = Kernel<N, Host, 'sync'>;

/** A softmax that is wrong on rows without options, and right with them. */
export const plainSoftmax = (name: string, f: (v: readonly number[]) => readonly number[]): Mutant => ({
  name,
  ops: ['softmax'],
  kernels: {
    softmax: (p, inputs) =>
      isPlain(p, inputs) ? { y: rowwise(p, inputs.x, f) } : cpuKernels.softmax(p, inputs),
  },
});

export const isPlain = (
  p: Distribution,
  { mask, temperature, sink }: { mask?: unknown; temperature?: unknown; sink?: unknown },
): boolean => !mask && !temperature && !sink && p.temperature === 1 && p.softcap === 0 && !p.negate;

export const softmax = (name: string, kernel: K<'softmax'>): Mutant => ({
  name,
  ops: ['softmax', 'softmin'],
  kernels: { softmax: kernel },
});
export const softmaxGrad = (name: string, kernel: K<'softmaxGrad'>): Mutant => ({
  name,
  ops: ['softmaxGrad', 'softminGrad'],
  kernels: { softmaxGrad: kernel },
});
export const logSoftmax = (name: string, kernel: K<'logSoftmax'>): Mutant => ({
  name,
  ops: ['logSoftmax'],
  kernels: { logSoftmax: kernel },
});
export const logSoftmaxGrad = (name: string, kernel: K<'logSoftmaxGrad'>): Mutant => ({
  name,
  ops: ['logSoftmaxGrad'],
  kernels: { logSoftmaxGrad: kernel },
});
export const logSumExp = (name: string, kernel: K<'logSumExp'>): Mutant => ({
  name,
  ops: ['logSumExp'],
  kernels: { logSumExp: kernel },
});
export const logSumExpGrad = (name: string, kernel: K<'logSumExpGrad'>): Mutant => ({
  name,
  ops: ['logSumExpGrad'],
  kernels: { logSumExpGrad: kernel },
});
export const crossEntropy = (name: string, kernel: K<'crossEntropy'>): Mutant => ({
  name,
  ops: ['crossEntropy'],
  kernels: { crossEntropy: kernel },
});
export const crossEntropyGrad = (name: string, kernel: K<'crossEntropyGrad'>): Mutant => ({
  name,
  ops: ['crossEntropyGrad'],
  kernels: { crossEntropyGrad: kernel },
});
