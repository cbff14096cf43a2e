import { cpuKernels, type Host, type KernelTable, type OpName } from '@softmax/core';
import type { Mutant } from './mutant.ts';

const right = cpuKernels;

const mutant = (name: string, op: OpName, kernels: KernelTable<Host, 'sync'>): Mutant => ({
  name,
  ops: [op],
  kernels,
});

/** Mistakes in logarithms of probabilities, and in sums of logarithms. */
export const logarithmMutants: readonly Mutant[] = [
  mutant('log Σ − log n in float32', 'logMeanExp', {
    logSumExp(p, inputs) {
      const { y } = right.logSumExp({ ...p, mean: false }, inputs);
      return { y: p.mean ? y.map((v) => Math.fround(v - Math.log(p.n))) : y };
    },
  }),
  mutant('a mean near 0 that is decided by its maximum', 'logMeanExp', {
    logSumExp(p, inputs) {
      const { y } = right.logSumExp(p, inputs);
      const near = (v: number) => p.mean && p.dtype === 'float32' && v !== 0 && Math.abs(v) < 1e-8;
      return { y: y.map((v) => (near(v) ? 1.5 * v : v)) };
    },
  }),
  mutant('a sum that is taken for 0 where float64 shows none', 'logSumExp', {
    signedLogSumExp(p, inputs) {
      const { y, sign } = right.signedLogSumExp(p, inputs);
      return { y: y.map((v) => (v < -36 && v > -40 ? Number.NEGATIVE_INFINITY : v)), sign };
    },
  }),
  mutant('a slope of 0 where the sum is 0', 'logSumExpGrad', {
    signedLogSumExpGrad(p, inputs) {
      const { dx, db } = right.signedLogSumExpGrad(p, inputs);
      const finite = (v: number) => (Number.isFinite(v) ? v : 0);
      return { dx: dx.map(finite), db: db.map(finite) };
    },
  }),
  mutant('a term with factor 0 that is read', 'logSumExp', {
    signedLogSumExp(p, inputs) {
      const { y, sign } = right.signedLogSumExp(p, inputs);
      const read = inputs.x.some((v, k) => inputs.b[k] === 0 && Number.isNaN(v));
      return { y: read ? y.map(() => Number.NaN) : y, sign };
    },
  }),
  mutant('a sign that is forgotten', 'logSumExp', {
    signedLogSumExp: (p, inputs) => ({
      y: right.signedLogSumExp(p, inputs).y,
      sign: right.signedLogSumExp(p, inputs).sign.map(Math.abs),
    }),
  }),
  mutant('db that is dx', 'logSumExpGrad', {
    signedLogSumExpGrad(p, inputs) {
      const { dx } = right.signedLogSumExpGrad(p, inputs);
      return { dx, db: dx.slice() };
    },
  }),
  mutant('log(1 + e^d), not log1p', 'logAddExp', {
    logAddExp: (p, { a, b }) => ({
      y: p.dtype === 'float32' ? a.map((v, k) => added(v, b[k] ?? 0)) : right.logAddExp(p, { a, b }).y,
    }),
  }),
  mutant('da and db the wrong way round', 'logAddExpGrad', {
    logAddExpGrad(p, inputs) {
      const { da, db } = right.logAddExpGrad(p, inputs);
      return { da: db, db: da };
    },
  }),
  mutant('sums from the end', 'logCumSumExp', {
    logCumSumExp: (p, { x }) => ({ y: right.logCumSumExp(p, { x: x.toReversed() }).y.toReversed() }),
  }),
  mutant('dy of its own place only', 'logCumSumExpGrad', {
    logCumSumExpGrad(p, { x, dy }) {
      const { y } = right.logCumSumExp(p, { x });
      return { dx: dy.map((g, k) => g * Math.exp((x[k] ?? 0) - (y[k] ?? 0))) };
    },
  }),
  mutant('the sum divided by the class weights', 'crossEntropy', {
    softCrossEntropy: (p, inputs) =>
      right.softCrossEntropy(inputs.classWeights ? { ...p, denominator: p.denominator * 2 } : p, inputs),
  }),
  mutant('dt without smoothing', 'crossEntropyGrad', {
    softCrossEntropyGrad: (p, inputs) => ({
      ...right.softCrossEntropyGrad(p, inputs),
      dt: right.softCrossEntropyGrad({ ...p, smoothing: 0 }, inputs).dt,
    }),
  }),
  mutant('a loss of −Σ that reads every class', 'nllLoss', {
    nllLoss(p, inputs) {
      const { loss } = right.nllLoss(p, inputs);
      return { loss: inputs.x.some(Number.isNaN) ? loss.map(() => Number.NaN) : loss };
    },
  }),
  mutant('a gradient of 0 at −inf', 'nllLossGrad', {
    nllLossGrad(p, inputs) {
      const { loss, dx } = right.nllLossGrad(p, inputs);
      return { loss, dx: dx.map((v, k) => (inputs.x[k] === Number.NEGATIVE_INFINITY ? 0 : v)) };
    },
  }),
  mutant('p and q the wrong way round', 'klDivergence', {
    klDivergence: (p, inputs) => right.klDivergence(p, { p: inputs.q, q: inputs.p }),
  }),
  mutant('log(p/q) of close numbers', 'klDivergence', {
    klDivergence: (p, inputs) => ({
      y: right.klDivergence(p, inputs).y.map((v) => (Math.abs(v) < 1e-5 ? Math.fround(v + 1) - 1 : v)),
    }),
  }),
  mutant('dq without its sign', 'klDivergenceGrad', {
    klDivergenceGrad(p, inputs) {
      const { dp, dq } = right.klDivergenceGrad(p, inputs);
      return { dp, dq: dq.map((v) => -v) };
    },
  }),
  mutant('bits for nats', 'entropy', {
    entropy: (p, inputs) => ({ y: right.entropy(p, inputs).y.map((v) => v / Math.LN2) }),
  }),
  mutant('log p without the 1', 'entropyGrad', {
    entropyGrad(p, inputs) {
      const { dp } = right.entropyGrad(p, inputs);
      return { dp: dp.map((v, k) => (v === 0 ? 0 : v + (inputs.dy[Math.floor(k / p.n)] ?? 0))) };
    },
  }),
];

function added(a: number, b: number): number {
  const max = Math.max(a, b);
  return Number.isFinite(max) ? max + Math.log(1 + Math.exp(Math.min(a, b) - max)) : max;
}
