import { type Backend, cpu, type Distribution, type Host, type KernelTable } from '@softmax/core';
import * as tfjs from './stand-in.ts';

interface Options {
  readonly mask?: Host | undefined;
  readonly temperature?: Host | undefined;
  readonly sink?: Host | undefined;
}
type Plain = Pick<Distribution, 'outer' | 'n' | 'inner'>;

/** Rows along an axis, which TensorFlow.js takes only where it is the last: cut out, and put back. */
function rows(p: Plain, x: Host, f: (row: tfjs.Row, number: number) => tfjs.Row): Float32Array {
  const y = new Float32Array(x.length);
  for (let o = 0, row = 0; o < p.outer; o++)
    for (let i = 0; i < p.inner; i++, row++) {
      const at = (k: number) => (o * p.n + k) * p.inner + i;
      const own = Float32Array.from({ length: p.n }, (_, k) => x[at(k)] as number);
      for (const [k, v] of f(own, row).entries()) y[at(k)] = v;
    }
  return y;
}

const reduced = (p: Plain, x: Host, f: (row: tfjs.Row, number: number) => number): Float32Array => {
  const all = rows(p, x, (row, number) => row.fill(f(row, number)));
  return Float32Array.from({ length: p.outer * p.inner }, (_, row) => {
    const o = Math.floor(row / p.inner);
    return all[o * p.n * p.inner + (row % p.inner)] as number;
  });
};

const penalised = (x: Host, mask: Host | undefined): Host =>
  mask ? x.map((v, k) => (mask[k] ? v : -1e9)) : x;

/** As it is written with what TensorFlow.js has: −1e9 for a mask, x/T before the softmax, a concatenated sink. */
function logits(p: Distribution, { mask, temperature }: Options, x: Host): Host {
  const capped = p.softcap ? x.map((v) => p.softcap * Math.tanh(v / p.softcap)) : x;
  const signed = p.negate ? capped.map((v) => -v) : capped;
  const open = penalised(signed, mask);
  return rows(p, open, (row, number) => row.map((v) => v / (temperature?.[number] ?? p.temperature)));
}

const sunk =
  (f: (x: tfjs.Row) => tfjs.Row, { sink }: Options, t: number) =>
  (row: tfjs.Row, number: number): tfjs.Row =>
    sink ? f(Float32Array.of(...row, (sink[number] as number) / t)).subarray(0, row.length) : f(row);

const kernels: KernelTable<Host, 'sync'> = {
  softmax: (p, inputs) => ({
    y: rows(p, logits(p, inputs, inputs.x), sunk(tfjs.softmax, inputs, p.temperature)),
  }),
  logSoftmax: (p, inputs) => ({
    y: rows(p, logits(p, inputs, inputs.x), sunk(tfjs.logSoftmax, inputs, p.temperature)),
  }),
  logSumExp: (p, { x, mask }) => ({
    y: reduced(p, penalised(x, mask), (row) => {
      const lse = tfjs.logSumExp(row);
      return p.mean ? lse - Math.log(row.length) : lse;
    }),
  }),
  crossEntropy(p, { x, mask, classes, weights }) {
    const own = reduced(
      p,
      penalised(x, mask),
      (row, k) => (weights[k] as number) * tfjs.crossEntropy(row, classes[k] as number, p.smoothing),
    );
    if (!p.sum) return { loss: own };
    return { loss: Float32Array.of(own.reduce((a, b) => a + b, 0) / p.denominator) };
  },
};

/** TensorFlow.js' softmax as a backend, made as a user would make it. */
export const tfjsBackend = (): Backend<Host, 'sync'> => ({
  ...cpu(),
  name: 'tfjs',
  dtypes: ['float32', 'int32', 'bool'],
  kernels,
  claims: { level: 'S2' },
});
