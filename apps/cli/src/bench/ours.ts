import { type Backend, cpu, createSoftmax, type Mode, type Softmax, type Tensor } from '@softmax/core';
import type { WasmOptions } from '@softmax/wasm';
import { timed, timedAsync } from './interleave.ts';
import { ALL, type OpenSystem, onAll, type Prepared, type System } from './system.ts';
import { type Task, WIDTH } from './task.ts';

type Answer = Tensor | { readonly [name: string]: Tensor };

/** One call of the operation, on tensors that are where the backend wants them or on the caller's arrays. */
function callOf(sm: Softmax<unknown, Mode>, task: Task, x: Tensor | Host, weight?: Tensor | Host) {
  const { op, axis, labels, tree, outer } = task;
  const target = { data: labels, shape: axis === -1 ? [outer] : [outer, task.inner] };
  if (op === 'softmax' || op === 'logSoftmax' || op === 'sparsemax') return () => sm[op](x, { axis });
  if (op === 'crossEntropyGrad') return () => sm.crossEntropyGrad(x, target, { axis, reduction: 'sum' });
  let seed = 0;
  if (op === 'sample') return () => sm.sample(x, { axis, seed: seed++ });
  if (!tree || !weight) throw new Error('a hierarchical loss without a tree');
  return () => sm.hierarchicalLoss(x, weight, target, tree.tree);
}

interface Host {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

const tensorsOf = (answer: Answer): Tensor[] =>
  Symbol.dispose in answer ? [answer as Tensor] : Object.values(answer);

function prepare(backend: Backend<unknown, Mode>, task: Task, resident: boolean): Prepared {
  const sm = createSoftmax(backend) as Softmax<unknown, Mode>;
  const held: Tensor[] = [];
  const place = (data: Float32Array, shape: readonly number[]) => {
    if (!resident) return { data, shape };
    const tensor = sm.tensor({ data, shape });
    held.push(tensor);
    return tensor;
  };
  const x = place(task.x, task.shape);
  const weight = task.tree && place(task.tree.weight, [task.tree.tree.rows, WIDTH]);
  const call = callOf(sm, task, x, weight) as () => Answer | Promise<Answer>;
  const free = (answer: Answer) => {
    for (const tensor of tensorsOf(answer)) tensor.dispose();
  };
  const main = (answer: Answer): Tensor => ('dx' in answer ? answer['dx'] : tensorsOf(answer)[0]) as Tensor;
  const read = (answer: Answer) => {
    if (!resident) for (const tensor of tensorsOf(answer)) void tensor.data();
    free(answer);
  };
  const readLater = async (answer: Answer) => {
    if (!resident) for (const tensor of tensorsOf(answer)) await tensor.data();
    free(answer);
  };
  return {
    turn:
      backend.mode === 'sync'
        ? timed(() => read(call() as Answer))
        : timedAsync(async () => readLater(await call())),
    async result() {
      const answer = await call();
      const values = Float64Array.from((await main(answer).data()) as ArrayLike<number>);
      free(answer);
      return task.op === 'sample' ? null : values;
    },
    dispose: () => {
      for (const tensor of held) tensor.dispose();
    },
  };
}

interface Opening {
  readonly backend: unknown;
  readonly close?: () => Promise<void>;
}

const ours = (name: string, resident: boolean, open: () => Promise<Opening>): System => ({
  name,
  async open(): Promise<OpenSystem> {
    const { backend, close } = await open();
    return {
      prepare: async (task) => prepare(backend as Backend<unknown, Mode>, task, resident),
      ...(close && { close }),
    };
  },
});

const node = (precision: 'exact' | 'fast') => async (): Promise<Opening> => {
  const { onnxNode } = await import('@softmax/onnx/node');
  const backend = await onnxNode({ precision, sessionOptions: { intraOpNumThreads: 1 } });
  return { backend, close: () => backend.dispose() };
};

const web = async (): Promise<Opening> => {
  const { onnxWeb } = await import('@softmax/onnx/web');
  const backend = await onnxWeb({ precision: 'exact', providers: ['wasm'], numThreads: 1 });
  return { backend, close: () => backend.dispose() };
};

const simd = (options: WasmOptions) => async (): Promise<Opening> => {
  const backend = await (await import('@softmax/wasm')).wasm(options);
  return { backend, close: async () => backend.dispose() };
};

const RESIDENT = '@softmax/wasm, resident';

/** The backends of this project, one thread each unless the name says otherwise. The first is the baseline. */
export const OURS: readonly System[] = [
  ours(RESIDENT, true, simd({})),
  onAll(ours(RESIDENT, true, simd({ threads: Math.min(ALL, 64) }))),
  ours('@softmax/wasm, plain SIMD', true, simd({ relaxed: false })),
  ours('@softmax/wasm, copied', false, simd({})),
  ours('@softmax/core', true, async () => ({ backend: cpu() })),
  ours('@softmax/onnx, node', false, node('exact')),
  ours('@softmax/onnx, node, fast', false, node('fast')),
  ours('@softmax/onnx, web', false, web),
];
