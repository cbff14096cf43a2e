import { writeFileSync } from 'node:fs';
import { distributionOf, machine } from '@softmax/cli/bench';
import { createSoftmax, type Tensor } from '@softmax/core';
import type { OnnxBackend, OnnxOptions } from '@softmax/onnx';
import { onnxNode } from '@softmax/onnx/node';
import { onnxWeb } from '@softmax/onnx/web';

/** rows × n, float32, and the standard deviation of the logits: entmax has few candidates in wide ones, all in narrow ones. */
const SIZES: readonly (readonly [rows: number, n: number, spread: number])[] = [
  [32, 1000, 3],
  [32, 1000, 0.1],
  [1, 50257, 3],
  [64, 50257, 3],
];
const PRECISIONS = ['exact', 'accurate'] as const;
/** One thread each. */
const RUNTIMES: { readonly [name: string]: (options: OnnxOptions) => Promise<OnnxBackend> } = {
  'onnxruntime-node': (options) => onnxNode({ ...options, sessionOptions: { intraOpNumThreads: 1 } }),
  'onnxruntime-web': (options) => onnxWeb({ ...options, numThreads: 1 }),
};
const LARGE = 2 ** 20;

type Sm = ReturnType<typeof createSoftmax<Parameters<OnnxBackend['free']>[0], 'async'>>;
type Run = (sm: Sm, x: Tensor<'async'>, dy: Tensor<'async'>) => Promise<Tensor<'async'>>;

/** What the precisions solve by different graphs, or might, and entmax of each kind of α. */
const RUNS: { readonly [name: string]: Run } = {
  softmax: (sm, x) => sm.softmax(x),
  logSoftmax: (sm, x) => sm.logSoftmax(x),
  logSoftmaxGrad: (sm, x, dy) => sm.logSoftmaxGrad(x, dy),
  softmaxGrad: (sm, x, dy) => sm.softmaxGrad(x, dy),
  logSumExp: (sm, x) => sm.logSumExp(x),
};
const ALPHAS = [1.3, 1.5, 2, 3];

/** Normal numbers from uniform ones (Box–Muller). */
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

const results: object[] = [];
for (const [rows, n, spread] of SIZES) {
  const shape = [rows, n];
  const values = () => Float32Array.from({ length: rows * n }, () => spread * normal());
  const [data, cotangent] = [values(), values()];
  const backends = await Promise.all(
    Object.entries(RUNTIMES).flatMap(([runtime, make]) =>
      PRECISIONS.map(async (precision) => ({ runtime, precision, backend: await make({ precision }) })),
    ),
  );
  const contenders = backends.flatMap(({ runtime, precision, backend }) => {
    const sm = createSoftmax(backend);
    const [x, dy] = [sm.tensor({ data, shape }), sm.tensor({ data: cotangent, shape })];
    const named = (name: string, run: () => Promise<Tensor<'async'>>) => ({
      name: `${name} ${precision}`,
      runtime,
      turn: async () => (await run()).dispose(),
      times: [] as number[],
    });
    // Both precisions have graphs of their own for the first two; the others are tried where calls are long.
    const own = Object.entries(RUNS).filter((_, k) => k < 2 || rows * n > LARGE);
    const precisions = own.map(([name, run]) => named(name, () => run(sm, x, dy)));
    const sparse = ALPHAS.map((alpha) => named(`entmax ${alpha}`, () => sm.entmax(x, { alpha })));
    const tried = precision === 'exact' && runtime === 'onnxruntime-node' && rows * n < LARGE;
    return [...(spread > 1 ? precisions : []), ...(tried ? sparse : [])];
  });
  for (const { turn } of contenders) for (let k = 0; k < 20; k++) await turn();
  const calls = rows * n > LARGE || spread < 1 ? 1 : 5;
  const rounds = rows * n > LARGE ? 9 : spread > 1 ? 51 : 15;
  for (let round = 0; round < rounds; round++)
    for (const { turn, times } of contenders) {
      // The first finds the caches that the others left cold.
      await turn();
      // Time of the processor, one thread's: what else the machine does counts for less.
      const before = process.cpuUsage();
      for (let call = 0; call < calls; call++) await turn();
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / calls);
    }
  for (const { name, runtime, times } of contenders) {
    const timing = distributionOf(times);
    console.log(`${runtime} ${name.padEnd(24)} ${rows}×${n}, ±${spread}: ${timing.median.toFixed(0)} µs`);
    results.push({ name, runtime, dtype: 'float32', rows, n, spread, ...timing });
  }
  for (const { backend } of backends) await backend.dispose();
}
const file = process.argv[2] ?? 'graphs.json';
writeFileSync(
  file,
  `${JSON.stringify({ date: new Date().toISOString(), machine: machine(), results }, null, 2)}\n`,
);
console.log(`Written to ${file}.`);
