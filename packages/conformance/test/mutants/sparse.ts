import {
  cpuKernels,
  type Host,
  type Kernel,
  type KernelName,
  type KernelTable,
  type OpName,
} from '@softmax/core';
import type { Mutant } from './mutant.ts';
import { rowwise } from './rowwise.ts';

const right = cpuKernels;
const mutant = (name: string, ops: readonly OpName[], kernels: KernelTable<Host, 'sync'>): Mutant => ({
  name,
  ops,
  kernels,
});
type K<N extends KernelName> = Kernel<N, Host, 'sync'>;

/** sparsemax by the sorted cumulative sums, as it is printed; z may be shifted first. */
const printed =
  (at: (v: number, max: number) => number, strict: boolean, widen: (v: number) => number): K<'sparsemax'> =>
  (p, inputs) => {
    if (p.dtype !== 'float32' || inputs.mask || inputs.x.some((v) => !Number.isFinite(v)))
      return right.sparsemax(p, inputs);
    return {
      y: rowwise(p, inputs.x, (row) => {
        const max = Math.max(...row);
        const z = row.map((v) => widen(at(v, max)));
        const sorted = z.toSorted((a, b) => b - a);
        let [sum, count, total] = [0, 0, 0];
        for (const [k, v] of sorted.entries()) {
          sum = widen(sum + v);
          if (strict ? 1 + (k + 1) * v > sum : (k + 1) * v > sum) [count, total] = [k + 1, sum];
        }
        return z.map((v) => Math.max(0, v - (total - 1) / count));
      }),
    };
  };

const sparsemaxMutants: readonly Mutant[] = [
  mutant('no shift by the max', ['sparsemax'], { sparsemax: printed((v) => v, true, Math.fround) }),
  mutant('a support without its 1', ['sparsemax'], {
    sparsemax: printed((v, max) => v - max, false, Number),
  }),
  mutant('x − max in float32', ['sparsemax'], { sparsemax: printed((v, max) => v - max, true, Math.fround) }),
  mutant('rows of only −inf are 0', ['sparsemax'], {
    sparsemax: (p, inputs) => ({
      y: right.sparsemax(p, inputs).y.map((v) => (Number.isNaN(v) ? 0 : v)) as Host,
    }),
  }),
  mutant('a masked value that is read', ['sparsemax'], {
    sparsemax: (p, { mask: _, ...inputs }) => right.sparsemax(p, inputs),
  }),
];

/** Bisection of the threshold, as often as given. */
const bisected =
  (steps: number): K<'entmax15'> =>
  (p, inputs) => {
    if (p.dtype !== 'float32' || inputs.mask || inputs.x.some((v) => !Number.isFinite(v)))
      return right.entmax15(p, inputs);
    return {
      y: rowwise(p, inputs.x, (row) => {
        const max = Math.max(...row);
        let [low, high] = [-1, 0];
        const at = (tau: number) => row.map((v) => Math.max(0, (v - max) / 2 - tau) ** 2);
        for (let step = 0; step < steps; step++) {
          const middle = (low + high) / 2;
          if (at(middle).reduce((a, b) => a + b, 0) > 1) low = middle;
          else high = middle;
        }
        return at((low + high) / 2);
      }),
    };
  };

const entmaxMutants: readonly Mutant[] = [
  mutant('a bisection that ends early', ['entmax'], { entmax15: bisected(24) }),
  mutant('z that is not halved', ['entmax'], {
    entmax15: (p, inputs) => right.entmax15(p, { ...inputs, x: inputs.x.map((v) => 2 * v) as Host }),
  }),
  mutant('an α that is rounded to a half', ['entmax'], {
    entmax: (p, inputs) => right.entmax({ ...p, alpha: Math.max(1.5, Math.round(p.alpha * 2) / 2) }, inputs),
  }),
  mutant('a threshold that is right to 2^−53', ['entmax'], {
    entmax: (p, inputs) => {
      const { y } = right.entmax(p, inputs);
      return { y: p.dtype === 'float64' ? (y.map((v) => (v > 0 && v < 1 ? v + 2 ** -53 : v)) as Host) : y };
    },
  }),
  mutant('p of the target that underflows', ['entmaxLoss'], {
    entmaxLoss: (p, inputs) => {
      const { loss } = right.entmaxLoss(p, inputs);
      const most = p.alpha < 1.01 ? 1 / (p.alpha - 1) : Number.POSITIVE_INFINITY;
      return { loss: loss.map((v) => (v > 0.5 * most ? most : v)) as Host };
    },
  }),
  mutant('s = p^(1 − α)', ['entmaxGrad', 'sparsemaxGrad'], {
    entmaxGrad: (p, inputs) => right.entmaxGrad({ ...p, alpha: p.alpha + 1 }, inputs),
  }),
  mutant('every α is 2 in the gradient', ['entmaxGrad'], {
    entmaxGrad: (p, inputs) => right.entmaxGrad({ ...p, alpha: 2 }, inputs),
  }),
  mutant('a loss that is not divided', ['entmaxLoss', 'sparsemaxLoss'], {
    entmaxLoss: (p, inputs) => right.entmaxLoss({ ...p, denominator: 1 }, inputs),
  }),
  mutant('rows of weight 0 are read', ['entmaxLossGrad', 'sparsemaxLossGrad'], {
    entmaxLossGrad: (p, inputs) =>
      right.entmaxLossGrad(p, { ...inputs, weights: inputs.weights.map((w) => w || 1e-30) as Host }),
  }),
  mutant('the last maximum', ['hardmax'], {
    hardmax: (p, inputs) => {
      if (inputs.mask || inputs.x.some((v) => !Number.isFinite(v))) return right.hardmax(p, inputs);
      const last = (row: number[]) => row.map((_, k) => Number(k === row.lastIndexOf(Math.max(...row))));
      return { y: rowwise(p, inputs.x, last) };
    },
  }),
];

const drawMutants: readonly Mutant[] = [
  mutant('noise ignored', ['gumbelSoftmax'], {
    gumbelSoftmax: (p, { noise: _, ...inputs }) =>
      right.gumbelSoftmax(p, { ...inputs, noise: new Float32Array(inputs.x.length) }),
  }),
  mutant('x + g in float32', ['gumbelSoftmax'], {
    gumbelSoftmax: (p, { noise, ...inputs }) => {
      if (p.dtype !== 'float32') return right.gumbelSoftmax(p, { ...inputs, noise });
      const x = Float32Array.from(inputs.x, (v, k) => v + (noise[k] as number));
      return right.gumbelSoftmax(p, { ...inputs, x, noise: new Float32Array(x.length) });
    },
  }),
  mutant('a hard sample that is soft', ['gumbelSoftmax'], {
    gumbelSoftmax: (p, inputs) => right.gumbelSoftmax({ ...p, hard: false }, inputs),
  }),
  mutant('the gradient of a hard sample is 0', ['gumbelSoftmaxGrad'], {
    gumbelSoftmaxGrad: (p, inputs) => right.gumbelSoftmaxGrad(p.hard ? { ...p, temperature: 0 } : p, inputs),
  }),
  mutant('the noise of the first row for every row', ['sample', 'sampleWithoutReplacement'], {
    gumbelTopK: (p, inputs) =>
      right.gumbelTopK(p, {
        ...inputs,
        noise: inputs.noise.map((_, k) => inputs.noise[k % p.n] as number) as Host,
      }),
  }),
  mutant('classes in their own order', ['sampleWithoutReplacement'], {
    gumbelTopK: (p, inputs) => ({ classes: rowwiseOf(p.k, right.gumbelTopK(p, inputs).classes) }),
  }),
  mutant('the negative of the noise', ['sample'], {
    gumbelTopK: (p, inputs) => right.gumbelTopK(p, { ...inputs, noise: inputs.noise.map((g) => -g) as Host }),
  }),
  mutant('one-hot bits in float16', ['oneHot'], {
    oneHot: (p, inputs) => {
      const { y } = right.oneHot(p, inputs);
      return { y: p.dtype === 'float16' ? (y.map((v) => Number(v !== 0)) as Host) : y };
    },
  }),
];

function rowwiseOf(k: number, classes: Host): Host {
  const out = classes.slice();
  for (let row = 0; row < out.length; row += k) out.subarray(row, row + k).sort();
  return out;
}

export const sparseMutants: readonly Mutant[] = [...sparsemaxMutants, ...entmaxMutants, ...drawMutants];
