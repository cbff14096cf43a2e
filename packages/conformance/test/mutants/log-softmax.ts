import { cpuKernels } from '@softmax/core';
import {
  isPlain,
  logSoftmax,
  logSoftmaxGrad,
  logSumExp,
  logSumExpGrad,
  type Mutant,
  softmaxGrad,
} from './mutant.ts';
import { max, rowwise, sum } from './rowwise.ts';

const gradient = cpuKernels.softmaxGrad;
const logGradient = cpuKernels.logSoftmaxGrad;

export const logSoftmaxMutants: readonly Mutant[] = [
  logSoftmax('log(softmax)', (p, inputs) => ({
    y: rowwise(p, cpuKernels.softmax(p, inputs).y, (v) => v.map(Math.log)),
  })),
  logSoftmax('x − max − log(Σ) where log1p is meant', (p, inputs) => {
    if (!isPlain(p, inputs)) return cpuKernels.logSoftmax(p, inputs);
    return {
      y: rowwise(p, inputs.x, (v) => {
        const log = Math.log(sum(v.map((each) => Math.exp(each - max(v)))));
        return v.map((x) => x - max(v) - log);
      }),
    };
  }),
  logSoftmax('x − lse, rounded between', (p, inputs) => {
    if (!isPlain(p, inputs)) return cpuKernels.logSoftmax(p, inputs);
    return {
      y: rowwise(p, inputs.x, (v) => {
        const lse = Math.fround(max(v) + Math.log(sum(v.map((each) => Math.exp(each - max(v))))));
        return v.map((x) => x - lse);
      }),
    };
  }),
  logSoftmax('one max for a whole batch', (p, inputs) => {
    if (!isPlain(p, inputs)) return cpuKernels.logSoftmax(p, inputs);
    const m = max([...inputs.x]);
    return {
      y: rowwise(p, inputs.x, (v) =>
        v.map((x) => x - m - Math.log(sum(v.map((each) => Math.exp(each - m))))),
      ),
    };
  }),
  logSoftmaxGrad('without the mean term', (_, { dy }) => ({ dx: dy.slice() })),
  logSoftmaxGrad('the mean of dy where its sum is meant', (p, inputs) => {
    const scaled = rowwise(p, inputs.dy, (v) => v.map((g) => g - sum(v) + sum(v) / v.length));
    return logGradient(p, { ...inputs, dy: scaled });
  }),
  logSoftmaxGrad('without 1/T', (p, inputs) => logGradient({ ...p, temperature: 1 }, inputs)),
];

export const softmaxGradMutants: readonly Mutant[] = [
  softmaxGrad('p·dy without the mean term', (p, inputs) => {
    if (!isPlain(p, inputs)) return gradient(p, inputs);
    const { y } = cpuKernels.softmax(p, inputs);
    for (const [k, g] of inputs.dy.entries()) y[k] = (y[k] ?? 0) * g;
    return { dx: y };
  }),
  softmaxGrad('the mean over all rows', (p, inputs) =>
    gradient({ ...p, n: p.n * p.outer, outer: 1 }, inputs),
  ),
  softmaxGrad('without 1/T', (p, inputs) => {
    const { temperature: t } = p;
    return { dx: rowwise(p, gradient(p, inputs).dx, (v) => v.map((g) => (t > 0 && t < 1e9 ? g * t : g))) };
  }),
  softmaxGrad('without the sign of softmin', (p, inputs) => ({
    dx: rowwise(p, gradient(p, inputs).dx, (v) => v.map((g) => (p.negate ? -g : g))),
  })),
  softmaxGrad('without the slope of the cap', (p, inputs) => {
    if (p.softcap === 0) return gradient(p, inputs);
    const x = rowwise(p, inputs.x, (v) =>
      v.map((u) => (Number.isFinite(u) ? p.softcap * Math.tanh(u / p.softcap) : u)),
    );
    return gradient({ ...p, softcap: 0 }, { ...inputs, x });
  }),
  softmaxGrad('a sink that the mean forgets', (p, { sink, ...inputs }) =>
    gradient(p, { ...inputs, sink: sink?.slice().fill(Number.NEGATIVE_INFINITY) }),
  ),
  softmaxGrad('0 times the NaN of a masked cotangent', (p, inputs) => {
    const { dx } = gradient(p, inputs);
    for (const [k, allowed] of inputs.mask?.entries() ?? []) if (!allowed) dx[k] = 0 * (inputs.dy[k] ?? 0);
    return { dx };
  }),
];

const lse = cpuKernels.logSumExp;
const lseGradient = cpuKernels.logSumExpGrad;

export const logSumExpMutants: readonly Mutant[] = [
  logSumExp('no shift by the max', (p, inputs) => {
    if (inputs.mask) return lse(p, inputs);
    const { y } = lse(p, inputs);
    rowwise(p, inputs.x, (v, row) => {
      y[row] = Math.log(sum(v.map(Math.exp)));
      return v;
    });
    return { y };
  }),
  logSumExp('NaN for a row of −inf', (p, inputs) => {
    const { y } = lse(p, inputs);
    return { y: y.map((v) => (v === Number.NEGATIVE_INFINITY ? Number.NaN : v)) };
  }),
  logSumExp('NaN for a term of +inf', (p, inputs) => {
    const { y } = lse(p, inputs);
    return { y: y.map((v) => (v === Number.POSITIVE_INFINITY ? Number.NaN : v)) };
  }),
  logSumExp('the mask ignored', (p, { x }) => lse(p, { x })),
  logSumExpGrad('dy ignored', (p, inputs) => lseGradient(p, { ...inputs, dy: inputs.dy.slice().fill(1) })),
  logSumExpGrad('one dy for all rows', (p, inputs) =>
    lseGradient(p, { ...inputs, dy: inputs.dy.slice().fill(inputs.dy[0] ?? 0) }),
  ),
];
