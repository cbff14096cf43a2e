/**
 * TensorFlow.js 4.22.0 on its cpu backend, row by row: every operator rounds to float32, a sum is taken in order in
 * float64 and rounded once (tfjs-backend-cpu: Max_impl, Sum, Exp, Log, RealDiv; tfjs-core: log_softmax, log_sum_exp,
 * softmax_cross_entropy, Softmax_grad). `vectors/tfjs.json` holds what the real one gives, and the test compares the bits.
 */
export type Row = Float32Array;

/** A later NaN is kept; a first one is too, as nothing is greater. */
function max(x: Row): number {
  let most = x[0] as number;
  for (const v of x) if (Number.isNaN(v) || v > most) most = v;
  return most;
}

const sum = (x: Row): number => Math.fround(x.reduce((a, b) => a + b, 0));
const f32 = Math.fround;

const shifted = (x: Row): Row => {
  const most = max(x);
  return x.map((v) => v - most);
};

export const softmax = (x: Row): Row => {
  const e = shifted(x).map(Math.exp);
  const total = sum(e);
  return e.map((v) => v / total);
};

/** dy·y − y·Σ dy·y. */
export const softmaxGrad = (x: Row, dy: Row): Row => {
  const y = softmax(x);
  const g = dy.map((v, k) => v * (y[k] as number));
  const total = sum(g);
  return g.map((v, k) => v - f32(total * (y[k] as number)));
};

export const logSoftmax = (x: Row): Row => {
  const s = shifted(x);
  const log = f32(Math.log(sum(s.map(Math.exp))));
  return s.map((v) => v - log);
};

/** dy − Σ dy·exp(y). */
export const logSoftmaxGrad = (x: Row, dy: Row): Row => {
  const p = logSoftmax(x).map(Math.exp);
  const total = sum(dy);
  return dy.map((v, k) => v - f32(total * (p[k] as number)));
};

export const logSumExp = (x: Row): number => f32(max(x) + f32(Math.log(sum(shifted(x).map(Math.exp)))));

/** A label out of range is a one-hot of zeros. */
const oneHot = (n: number, label: number, smoothing: number): Row => {
  const hot = Float32Array.from({ length: n }, (_, k) => Number(k === label));
  if (!(smoothing > 0)) return hot;
  const [left, share] = [f32(1 - f32(smoothing)), f32(f32(smoothing) / n)];
  return hot.map((v) => f32(v * left) + share);
};

/** −Σ labels·(x − lse): 0·(−∞) is NaN. */
export const crossEntropy = (x: Row, label: number, smoothing = 0): number => {
  const lse = logSumExp(x);
  const hot = oneHot(x.length, label, smoothing);
  return sum(x.map((v, k) => -f32(f32(v - lse) * (hot[k] as number))));
};

/** exp(x − lse) − labels. */
export const crossEntropyGrad = (x: Row, label: number, smoothing = 0): Row => {
  const lse = logSumExp(x);
  const hot = oneHot(x.length, label, smoothing);
  return x.map((v, k) => f32(Math.exp(f32(v - lse))) - (hot[k] as number));
};
