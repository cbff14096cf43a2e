import { ALL, type OpenSystem, onAll, type System, type Task, timedAsync } from '@softmax/cli/bench';
import { oneNodeModel } from './one-node-model.ts';
import { peer, versionOf } from './peers.ts';

interface OrtTensor {
  readonly data: Float32Array;
  dispose(): void;
}

/** The part of onnxruntime that is measured. */
interface Ort {
  readonly env: { readonly wasm: { numThreads?: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OrtTensor;
  readonly InferenceSession: {
    create(
      model: Uint8Array,
      options: object,
    ): Promise<{
      run(feeds: { readonly x: OrtTensor }): Promise<{ readonly [name: string]: OrtTensor }>;
      release(): Promise<void>;
    }>;
  };
}

const OPERATORS = { softmax: 'Softmax', logSoftmax: 'LogSoftmax', sample: 'Multinomial' } as const;

async function prepare(ort: Ort, { op, axis, x, shape }: Task, threads: number) {
  if (op !== 'softmax' && op !== 'logSoftmax' && op !== 'sample') return null;
  if (op === 'sample' && axis !== -1) return null;
  const session = await ort.InferenceSession.create(oneNodeModel(OPERATORS[op], axis), {
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
  });
  const feeds = { x: new ort.Tensor('float32', x, shape) };
  const run = async () => (await session.run(feeds))['y'] as OrtTensor;
  return {
    turn: timedAsync(async () => (await run()).dispose()),
    result: async () => (op === 'sample' ? null : (await run()).data),
    dispose: () => session.release(),
  };
}

const onnxruntime = (
  name: string,
  load: () => Promise<{ ort: Ort; version: string }>,
  threads = 1,
): System => ({
  name,
  async open(): Promise<OpenSystem> {
    const { ort, version } = await load();
    return { version, prepare: (task) => prepare(ort, task, threads) };
  },
});

const native = async () => ({
  ort: (await import('onnxruntime-node')) as object as Ort,
  version: '1.30.0',
});

/** Its fused operators, called directly. */
export const ONNXRUNTIME: readonly System[] = [
  onnxruntime('onnxruntime-node', native),
  onAll(onnxruntime('onnxruntime-node', native, ALL)),
  onnxruntime('onnxruntime-web', async () => {
    const ort = await peer<Ort>('onnxruntime-web', 'dist/ort.node.min.mjs');
    ort.env.wasm.numThreads = 1;
    return { ort, version: versionOf('onnxruntime-web') };
  }),
];
