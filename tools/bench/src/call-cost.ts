import { distributionOf, interleave, type Pace, ratioOf, timed, timedAsync } from '@softmax/cli/bench';
import { type Backend, cpu, createSoftmax, Tensor } from '@softmax/core';
import { softmax } from '@softmax/core/ops';
import { wasm } from '@softmax/wasm';
import * as ort from 'onnxruntime-node';
import { oneNodeModel } from './one-node-model.ts';

const LENGTHS = [10, 1000] as const;

/** A whole call of a synchronous backend on a resident row, and its kernel alone on the same problem. */
function contendersOf<B>(backend: Backend<B, 'sync'>, data: Float32Array) {
  const sm = createSoftmax(backend);
  const held = sm.tensor({ data, shape: [1, data.length] });
  const { problem } = softmax(held);
  const x = Tensor.buffer(held, backend);
  const kernel = backend.kernels.softmax as NonNullable<typeof backend.kernels.softmax>;
  return [
    { name: `@softmax/${backend.name}`, turn: timed(() => sm.softmax(held).dispose()) },
    {
      name: `@softmax/${backend.name}, kernel alone`,
      turn: timed(() => backend.free(kernel(problem as never, { x }).y)),
    },
  ];
}

/** What a call costs where there is next to nothing to compute, beside a session of onnxruntime-node with one Softmax. */
export async function callCosts(pace: Pace): Promise<object[]> {
  const session = await ort.InferenceSession.create(oneNodeModel('Softmax', -1), { intraOpNumThreads: 1 });
  const backends = [await wasm(), { ...cpu(), name: 'core' }] as const;
  const results: object[] = [];
  for (const n of LENGTHS) {
    const data = Float32Array.from({ length: n }, () => Math.random() * 20 - 10);
    const x = new ort.Tensor('float32', data, [1, n]);
    const contenders = [
      ...contendersOf(backends[0], data),
      ...contendersOf(backends[1], data),
      {
        name: 'onnxruntime-node, session.run',
        turn: timedAsync(async () => (await session.run({ x }))['y']?.dispose()),
      },
    ];
    const turns = await interleave(contenders, pace);
    const timings = turns.map(({ alone, times }, k) => ({
      name: contenders[k]?.name,
      alone,
      least: Math.min(...times),
      ...distributionOf(times),
      ratio: ratioOf(times, turns[0]?.times ?? []),
    }));
    for (const { name, median, ratio } of timings)
      console.log(`softmax 1×${n}: ${name} ${median.toFixed(2)} µs, ${ratio.median.toFixed(2)} times`);
    results.push({ op: 'softmax', dtype: 'float32', rows: 1, n, timings });
  }
  await session.release();
  return results;
}
