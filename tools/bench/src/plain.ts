import {
  type OpenSystem,
  type Prepared,
  type System,
  type Task,
  timed,
  timedAsync,
} from '@softmax/cli/bench';
import { peer, versionOf } from './peers.ts';

type RowFunction = (x: Float32Array) => ArrayLike<number>;

interface Maths {
  readonly softmax: RowFunction;
  readonly log_softmax: RowFunction;
}

/** The functions behind transformers.js' own softmax, apart from the runtimes that its entry would load; row by row. */
const transformers: System = {
  name: 'transformers.js',
  async open(): Promise<OpenSystem> {
    const maths = await peer<Maths>('@huggingface/transformers', 'src/utils/maths.js');
    const prepare = async ({ op, axis, outer, n, x }: Task) => {
      if (axis !== -1 || (op !== 'softmax' && op !== 'logSoftmax')) return null;
      const solve = op === 'softmax' ? maths.softmax : maths.log_softmax;
      const rows = () => Array.from({ length: outer }, (_, o) => solve(x.subarray(o * n, o * n + n)));
      return {
        turn: timed(rows),
        async result() {
          const all = new Float32Array(x.length);
          for (const [o, row] of rows().entries()) all.set(row, o * n);
          return all;
        },
      };
    };
    return { version: versionOf('@huggingface/transformers'), prepare };
  },
};

interface JaxArray {
  readonly ref: JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  data(): Promise<Float32Array>;
}

interface Jax {
  readonly init: () => Promise<readonly string[]>;
  readonly defaultDevice: (device: string) => void;
  readonly numpy: { array(values: Float32Array): JaxArray };
  readonly nn: {
    softmax(x: JaxArray, axis: number): JaxArray;
    logSoftmax(x: JaxArray, axis: number): JaxArray;
  };
}

/**
 * Runs jax-js without the Worker that onnxruntime-web leaves on the global object: jax-js concludes from it that its
 * memory is shared, and made its own before.
 */
async function withoutWorker<T>(work: () => Promise<T>): Promise<T> {
  const scope = globalThis as { Worker?: unknown };
  const { Worker } = scope;
  delete scope.Worker;
  try {
    return await work();
  } finally {
    if (Worker !== undefined) scope.Worker = Worker;
  }
}

const jax: System = {
  name: 'jax-js, wasm',
  async open(): Promise<OpenSystem> {
    const { init, defaultDevice, numpy, nn } = await peer<Jax>('@jax-js/jax');
    await init();
    defaultDevice('wasm');
    const prepare = async ({ op, axis, x, shape }: Task): Promise<Prepared | null> => {
      if (op !== 'softmax' && op !== 'logSoftmax') return null;
      const held = numpy.array(x).reshape(shape);
      // An argument is consumed; `ref` keeps it.
      const solve = () => nn[op](held.ref, axis).data();
      const turn = timedAsync(solve);
      return { turn: (calls) => withoutWorker(() => turn(calls)), result: () => withoutWorker(solve) };
    };
    return { version: versionOf('@jax-js/jax'), prepare };
  },
};

/** No softmax: what the machine can do with as many bytes. */
const copy: System = {
  name: 'copy in memory',
  async open(): Promise<OpenSystem> {
    const prepare = async ({ op, x }: Task) => {
      if (op !== 'softmax') return null;
      const y = new Float32Array(x.length);
      return { turn: timed(() => y.set(x)), result: async () => null };
    };
    return { prepare };
  },
};

export const PLAIN: readonly System[] = [transformers, jax, copy];
