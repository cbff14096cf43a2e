import { type OpenSystem, type Prepared, type System, type Task, timed } from '@softmax/cli/bench';
import { silentPeer, versionOf } from './peers.ts';

interface TfTensor {
  dataSync(): Float32Array;
  dispose(): void;
}

/** The part of TensorFlow.js that is measured. */
interface Tfjs {
  env(): { set(flag: string, value: boolean): void };
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): TfTensor;
  softmax(x: TfTensor, axis: number): TfTensor;
  logSoftmax(x: TfTensor, axis: number): TfTensor;
  multinomial(x: TfTensor, samples: number): TfTensor;
}

/** One call; null where TensorFlow.js has none: its softmax takes the last axis alone, its multinomial one sample at least. */
function operation(tf: Tfjs, { op, axis }: Task): ((x: TfTensor) => TfTensor) | null {
  if (axis !== -1) return null;
  if (op === 'softmax') return (x) => tf.softmax(x, -1);
  if (op === 'logSoftmax') return (x) => tf.logSoftmax(x, -1);
  return op === 'sample' ? (x) => tf.multinomial(x, 1) : null;
}

function prepare(tf: Tfjs, task: Task, resident: boolean): Prepared | null {
  const solve = operation(tf, task);
  if (!solve) return null;
  const held = tf.tensor(task.x, task.shape);
  const inPlace = () => solve(held).dispose();
  // Not inside `tidy`, which looks for tensors in every element of what it is given back: 10 ms at 50 257.
  const copied = (): Float32Array => {
    const x = tf.tensor(task.x, task.shape);
    const y = solve(x);
    const values = y.dataSync();
    x.dispose();
    y.dispose();
    return values;
  };
  return {
    turn: timed(resident ? inPlace : copied),
    result: async () => (task.op === 'sample' ? null : copied()),
    dispose: () => held.dispose(),
  };
}

const tfjs = (name: string, backend: 'cpu' | 'wasm', resident: boolean): System => ({
  name,
  async open(): Promise<OpenSystem> {
    const tf = silentPeer<Tfjs>('@tensorflow/tfjs');
    // Else it advertises itself on the console.
    tf.env().set('IS_TEST', true);
    if (backend === 'wasm') silentPeer('@tensorflow/tfjs-backend-wasm');
    return {
      version: versionOf('@tensorflow/tfjs'),
      async prepare(task) {
        if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start`);
        // Seconds a call.
        if (backend === 'cpu' && task.x.length > 2 ** 22) return null;
        const prepared = prepare(tf, task, resident);
        if (!prepared) return null;
        // Each turn selects it anew: the backends of TensorFlow.js share one module.
        const selected = async <T>(work: () => T | Promise<T>): Promise<T> => {
          await tf.setBackend(backend);
          return work();
        };
        return {
          ...prepared,
          turn: (calls) => selected(() => prepared.turn(calls)),
          result: () => selected(() => prepared.result()),
        };
      },
    };
  },
});

export const TFJS: readonly System[] = [
  tfjs('tfjs, wasm, resident', 'wasm', true),
  tfjs('tfjs, wasm, copied', 'wasm', false),
  tfjs('tfjs, cpu', 'cpu', true),
];
