import { cpu, createSoftmax } from '@softmax/core';
import { interleave } from './interleave.ts';
import { writeResults } from './machine.ts';
import { installPeers, tfjs, transformers } from './peers.ts';

/** rows × n, float32. */
const SIZES: readonly (readonly [number, number])[] = [
  [1, 10],
  [1, 1000],
  [32, 1000],
  [1, 50257],
];

installPeers();
const [theirs, tf] = [await transformers(), await tfjs()];
const sm = createSoftmax(cpu());
const results = SIZES.map(([rows, n]) => {
  const x = Float32Array.from({ length: rows * n }, () => Math.random() * 20 - 10);
  const resident = tf.tensor(x, [rows, n]);
  const held = sm.tensor({ data: x, shape: [rows, n] });
  const contenders = [
    { name: '@softmax/core', run: () => sm.softmax(held).data() },
    {
      name: 'transformers.js 4.3.1',
      run: () => {
        for (let row = 0; row < rows; row++) theirs(x.subarray(row * n, row * n + n));
      },
    },
    { name: 'tfjs 4.22.0 cpu', run: () => tf.tidy(() => tf.softmax(resident).dataSync()) },
  ];
  const timings = interleave(contenders, 51);
  const ours = (timings[0] as (typeof timings)[number]).median;
  console.log(`softmax ${rows}×${n} float32`);
  for (const { name, median, quartiles } of timings)
    console.log(
      `  ${name.padEnd(22)} ${median.toFixed(1).padStart(9)} µs  [${quartiles.map((q) => q.toFixed(1)).join(', ')}]` +
        `  ${((8 * rows * n) / median / 1000).toFixed(3)} GB/s  ours is ${(median / ours).toFixed(2)}× as fast`,
    );
  return { op: 'softmax', dtype: 'float32', rows, n, timings };
});
writeResults(process.argv[2] ?? 'bench.json', results);
