// Makes, runs and disposes of a backend again and again, and writes how much memory the process holds: endurance.ts [FILE [CYCLES]]
import { writeFileSync } from 'node:fs';
import { createSoftmax } from '@softmax/core';
import { onnxNode } from '../src/node.ts';
import { onnxWeb } from '../src/web.ts';

const [file = 'endurance.json', count = '10000'] = process.argv.slice(2);
const CYCLES = Number(count);
const SAMPLES = 20;

const runtimes = {
  'onnxruntime-node cpu': () => onnxNode({ sessionOptions: { intraOpNumThreads: 1 } }),
  'onnxruntime-web wasm': () => onnxWeb(),
};

/** Megabytes that the process holds, after what can be collected is. */
async function held(): Promise<number> {
  globalThis.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

const results: object[] = [];
for (const [runtime, make] of Object.entries(runtimes)) {
  const x = { data: Float32Array.from({ length: 32_000 }, (_, k) => (k % 97) / 7), shape: [32, 1000] };
  const megabytes: number[] = [];
  const start = performance.now();
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const backend = await make();
    const y = await createSoftmax(backend).softmax(x);
    await y.data();
    y.dispose();
    await backend.dispose();
    if ((cycle + 1) % (CYCLES / SAMPLES) === 0) megabytes.push(await held());
  }
  const seconds = Math.round((performance.now() - start) / 1000);
  // The first fifth warms caches and the allocator's pools up.
  const after = megabytes.slice(SAMPLES / 5);
  const growth = (after.at(-1) ?? 0) - (after[0] ?? 0);
  results.push({ runtime, op: 'softmax', shape: x.shape, cycles: CYCLES, seconds, megabytes, growth });
  console.log(
    `${runtime}: ${CYCLES} cycles in ${seconds} s, ${megabytes.join(' ')} MB: ${growth} MB more at the end`,
  );
}
const machine = { runtime: `node ${process.versions.node}`, platform: `${process.platform} ${process.arch}` };
writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), machine, results }, null, 2)}\n`);
