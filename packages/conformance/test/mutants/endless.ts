import { cpuKernels, type Host } from '@softmax/core';
import {
  dying,
  logSoftmax,
  logSoftmaxGrad,
  logSumExpGrad,
  type Mutant,
  softmax,
  softmaxGrad,
} from './mutant.ts';

const { MIN_VALUE } = Number;
const isEndless = (dy: Host): boolean => dy.some((g) => !Number.isFinite(g));
/** NaN wherever something is read that is not finite, as products of 0 and infinity are. */
const lost = (dx: Host): Host => dx.map((g) => (g === 0 ? 0 : Number.NaN));
/** What a product keeps of a float64 probability among the subnormal numbers: its leading bits. */
const rounded = (g: number, dy: number): number =>
  g !== 0 && Number.isFinite(dy) && Math.abs(g / dy) < 2 ** -1022 ? (g / dy) * dy : g;

/** Mistakes with cotangents, caps and logits at the ends of their types. */
export const endlessMutants: readonly Mutant[] = [
  ...dying('gradient', [
    softmaxGrad('NaN for every entry beside an infinite cotangent', (p, inputs) => {
      const { dx } = cpuKernels.softmaxGrad(p, inputs);
      return { dx: p.dtype !== 'float16' && isEndless(inputs.dy) ? lost(dx) : dx };
    }),
    logSoftmaxGrad('NaN for every entry beside an infinite cotangent', (p, inputs) => {
      const { dx } = cpuKernels.logSoftmaxGrad(p, inputs);
      return { dx: p.dtype === 'float64' && isEndless(inputs.dy) ? lost(dx) : dx };
    }),
    {
      name: 'NaN for every score beside an infinite cotangent',
      ops: ['entmaxGrad', 'sparsemaxGrad'],
      kernels: {
        entmaxGrad: (p, inputs) => {
          const { dx } = cpuKernels.entmaxGrad(p, inputs);
          return { dx: p.dtype !== 'float16' && isEndless(inputs.dy) ? lost(dx) : dx };
        },
      },
    },
  ]),
  ...dying('special', [
    softmaxGrad('a float64 probability that is subnormal before dy lifts it', (p, inputs) => {
      const { dx } = cpuKernels.softmaxGrad(p, inputs);
      if (p.dtype !== 'float64') return { dx };
      return { dx: dx.map((g, k) => rounded(g, inputs.dy[k] ?? 0)) };
    }),
    logSumExpGrad('a float64 probability that is subnormal before dy lifts it', (p, inputs) => {
      const { dx } = cpuKernels.logSumExpGrad(p, inputs);
      if (p.dtype !== 'float64' || p.inner !== 1) return { dx };
      return { dx: dx.map((g, k) => rounded(g, inputs.dy[Math.floor(k / p.n)] ?? 0)) };
    }),
    softmax('x/c that overflows', (p, inputs) => {
      const { y } = cpuKernels.softmax(p, inputs);
      const isLost =
        p.softcap > 0 && inputs.x.some((v) => Number.isFinite(v) && !Number.isFinite(v / p.softcap));
      return { y: isLost ? y.map(() => Number.NaN) : y };
    }),
    logSoftmax('0/0 of subnormal logits at T = 0', (p, inputs) => {
      const { y } = cpuKernels.logSoftmax(p, inputs);
      const tiny = inputs.x.some((v) => v !== 0 && Math.abs(v) <= 4 * MIN_VALUE);
      return { y: p.dtype === 'float64' && p.temperature === 0 && tiny ? y.map(() => Number.NaN) : y };
    }),
  ]),
  ...dying('accuracy', [
    softmax('capped logits in float32', (p, inputs) => {
      if (p.softcap === 0 || p.dtype !== 'float32' || p.negate) return cpuKernels.softmax(p, inputs);
      const x = inputs.x.map((v) =>
        Number.isFinite(v) ? Math.fround(p.softcap * Math.tanh(v / p.softcap)) : v,
      );
      return cpuKernels.softmax({ ...p, softcap: 0 }, { ...inputs, x });
    }),
    logSoftmax('a sum of subnormal exponentials rounded one by one', (p, inputs) => {
      const { y } = cpuKernels.logSoftmax(p, inputs);
      const isFaint = p.dtype === 'float32' && y.some((v) => v < 0 && v > -(2 ** -126));
      return { y: isFaint ? y.map((v) => (v > -(2 ** -126) ? v * 1.25 : v)) : y };
    }),
  ]),
];
