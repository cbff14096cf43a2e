import { cpuKernels, type Host, type Problem } from '@softmax/core';
import { crossEntropyGrad, logSoftmaxGrad, logSumExpGrad, type Mutant, softmaxGrad } from './mutant.ts';

/** Results by their lengths, as an allocator that reuses what was freed gives them out again. */
const reused = new Map<string, Host>();

/** Leaves what memory held before where `skips` is true, as a kernel does that writes only where there is something. */
function unwritten(p: Problem, y: Host, skips: (k: number) => boolean): Host {
  const key = `${p.dtype} ${y.length}`;
  const before = reused.get(key);
  const out = y.map((v, k) => (before && skips(k) ? (before[k] ?? v) : v));
  reused.set(key, out.slice());
  return out;
}

/** True of finite logits so far below the first that their probability is 0 in float32. */
const isBelow = ({ x, mask }: { readonly x: Host; readonly mask?: Host | undefined }) => {
  return (k: number): boolean => !mask && (x[k] ?? 0) < (x[0] ?? 0) - 104 && Number.isFinite(x[k]);
};

/** One row of float32, long enough for blocks. */
const isLong = (p: Problem): boolean => p.dtype === 'float32' && p.inner === 1 && p.n > 2048;

export const memoryMutants: readonly Mutant[] = [
  softmaxGrad('blocks of probability 0 that are not written', (p, inputs) => {
    const { dx } = cpuKernels.softmaxGrad(p, inputs);
    return { dx: isLong(p) && !p.negate ? unwritten(p, dx, isBelow(inputs)) : dx };
  }),
  logSoftmaxGrad('blocks of probability 0 that are not written', (p, inputs) => {
    const { dx } = cpuKernels.logSoftmaxGrad(p, inputs);
    return { dx: isLong(p) && !p.negate ? unwritten(p, dx, isBelow(inputs)) : dx };
  }),
  softmaxGrad('probabilities rounded before dy is multiplied', (p, inputs) => {
    const { dx } = cpuKernels.softmaxGrad(p, inputs);
    if (p.dtype !== 'float32') return { dx };
    const { y } = cpuKernels.softmax(p, inputs);
    return { dx: dx.map((g, k) => (y[k] === 0 && Number.isFinite(g) ? 0 : g)) };
  }),
  logSumExpGrad('probabilities rounded before dy is multiplied', (p, inputs) => {
    const { dx } = cpuKernels.logSumExpGrad(p, inputs);
    if (p.dtype !== 'float32' || p.inner !== 1) return { dx };
    const ones = cpuKernels.logSumExpGrad(p, { ...inputs, dy: inputs.dy.map(() => 1) }).dx;
    return { dx: dx.map((g, k) => (ones[k] === 0 ? 0 : g)) };
  }),
  crossEntropyGrad('the weight of many classes summed without its errors', (p, inputs) => {
    const result = cpuKernels.crossEntropyGrad(p, inputs);
    if (p.dtype !== 'float64' || p.smoothing === 0 || p.n < 2048 || inputs.classWeights) return result;
    let mass = 1 - p.smoothing;
    for (let k = 0; k < p.n; k++) mass += p.smoothing / p.n;
    // p·Σ a of a gradient p·Σ a − a, a = α/n, is off by as much as Σ a is.
    return { ...result, dx: result.dx.map((g) => (g + p.smoothing / p.n) * mass - p.smoothing / p.n) };
  }),
];
