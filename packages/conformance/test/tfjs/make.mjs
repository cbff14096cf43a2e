/**
 * Writes vectors/tfjs.json: what TensorFlow.js itself gives. By hand, once for each of its versions, in this folder:
 *
 *     npm install --prefix /tmp/tfjs --ignore-scripts @tensorflow/tfjs@4.22.0
 *     node make.mjs /tmp/tfjs
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const tf = createRequire(join(process.argv[2], 'package.json'))('@tensorflow/tfjs');
await tf.setBackend('cpu');

const inf = Number.POSITIVE_INFINITY;
// Multiples of 1/64 that an engine makes the same everywhere.
const pseudo = (n, scale) =>
  Array.from({ length: n }, (_, k) => ((((k * 7919 + 13) % 1021) - 510) / 64) * scale);
const ROWS = [
  [1, 2, 3],
  [1000, 1001, 1002],
  [0, -20],
  [100, 0],
  [-inf, -inf],
  [-inf, 1, 2],
  [inf, 1],
  [Number.NaN, 1],
  [1, Number.NaN],
  [3e38, -3e38],
  [0, -90, -100],
  pseudo(7, 1),
  pseudo(64, 4),
  pseudo(300, 0.25),
];

/** JSON has neither NaN nor infinities. */
const said = (values) => Array.from(values, (v) => (Number.isFinite(v) ? v : String(v)));
const grad = (f, x, dy) => tf.grad(f)(tf.tensor1d(x), dy).dataSync();

const cases = ROWS.map((x) => {
  const n = x.length;
  const dy = pseudo(n, 0.125);
  const label = n >> 1;
  const of = (label_, smoothing) => (row) =>
    tf.losses.softmaxCrossEntropy(tf.oneHot([label_], n), row.reshape([1, n]), undefined, smoothing);
  const loss = (label_, smoothing) => of(label_, smoothing)(tf.tensor1d(x)).dataSync();
  return {
    x: said(x),
    dy: said(dy),
    softmax: said(tf.softmax(tf.tensor1d(x)).dataSync()),
    softmaxGrad: said(grad((row) => tf.softmax(row), x, tf.tensor1d(dy))),
    logSoftmax: said(tf.logSoftmax(tf.tensor1d(x)).dataSync()),
    logSoftmaxGrad: said(grad((row) => tf.logSoftmax(row), x, tf.tensor1d(dy))),
    logSumExp: said(tf.logSumExp(tf.tensor1d(x)).dataSync()),
    crossEntropy: said(loss(label, 0)),
    crossEntropyOfNoClass: said(loss(n + 4, 0)),
    crossEntropySmoothed: said(loss(label, 0.125)),
    crossEntropyGrad: said(tf.grad(of(label, 0))(tf.tensor1d(x)).dataSync()),
  };
});

const text = { tfjs: tf.version.tfjs, backend: tf.getBackend(), cases };
writeFileSync(new URL('../../vectors/tfjs.json', import.meta.url), `${JSON.stringify(text)}\n`);
