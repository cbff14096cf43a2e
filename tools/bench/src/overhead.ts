import { writeFileSync } from 'node:fs';
import {
  distributionOf,
  interleave,
  machine,
  PACE,
  ratioOf,
  type Turns,
  timedAsync,
} from '@softmax/cli/bench';
import { createSoftmax } from '@softmax/core';
import { onnx } from '@softmax/onnx';
import * as ort from 'onnxruntime-node';
import { callCosts } from './call-cost.ts';

/** rows × n, float32. */
const SIZES: readonly (readonly [number, number])[] = [
  [32, 1000],
  [1, 50257],
  [64, 50257],
];
/** Two minutes in all: no contender is left out. */
const EVERY = { ...PACE, rounds: 51, budget: Number.POSITIVE_INFINITY };

type Create = (model: Uint8Array, options?: object) => Promise<ort.InferenceSession>;

/** The runtime, and the sessions that the backend made in it: the same graphs for the direct call. */
function watched() {
  const made: ort.InferenceSession[] = [];
  const create = ort.InferenceSession.create.bind(ort.InferenceSession) as Create;
  const watching = async (model: Uint8Array, options?: object) => {
    const session = await create(model, options);
    made.push(session);
    return session;
  };
  return { made, runtime: { ...ort, InferenceSession: { create: watching } } };
}

const results: object[] = [];
for (const precision of ['exact', 'accurate', 'fast'] as const)
  for (const [rows, n] of SIZES) {
    const { made, runtime } = watched();
    const backend = onnx(runtime, { precision, sessionOptions: { intraOpNumThreads: 1 } });
    const sm = createSoftmax(backend);
    const data = Float32Array.from({ length: rows * n }, () => Math.random() * 20 - 10);
    const held = sm.tensor({ data, shape: [rows, n] });
    (await sm.softmax(held)).dispose();
    const session = made[0] as ort.InferenceSession;
    const x = new ort.Tensor('float32', data, [rows, n, 1]);
    const contenders = [
      { name: '@softmax/onnx', turn: timedAsync(async () => (await sm.softmax(held)).dispose()) },
      { name: 'session.run', turn: timedAsync(async () => (await session.run({ x }))['y']?.dispose()) },
    ];
    const [ours, direct] = (await interleave(contenders, EVERY)) as [Turns, Turns];
    const timings = [
      { name: '@softmax/onnx', alone: ours.alone, ...distributionOf(ours.times) },
      { name: 'session.run', alone: direct.alone, ...distributionOf(direct.times) },
    ];
    const overhead = ratioOf(ours.times, direct.times).median - 1;
    const [mine, theirs] = timings.map(({ median }) => median.toFixed(1));
    const percent = (100 * overhead).toFixed(1);
    console.log(
      `softmax ${precision} ${rows}×${n}: ${mine} µs, session.run ${theirs} µs, overhead ${percent} %`,
    );
    results.push({ op: 'softmax', dtype: 'float32', precision, rows, n, timings, overhead });
    await backend.dispose();
  }
const calls = await callCosts(EVERY);
const file = process.argv[2] ?? 'overhead.json';
writeFileSync(
  file,
  `${JSON.stringify({ date: new Date().toISOString(), machine: machine(), calls, results }, null, 2)}\n`,
);
console.log(`Written to ${file}.`);
