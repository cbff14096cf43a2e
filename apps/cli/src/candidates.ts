import type { Backend, Mode, Tensor } from '@softmax/core';
import { type Candidate, type Opened, opened } from './candidate.ts';
import { inThread } from './in-thread.ts';

/** Each session has its own threads, which wait busily by default: a plan of dozens of sessions took six times as long. */
const IDLE_THREADS_SLEEP = { extra: { session: { intra_op: { allow_spinning: '0' } } } };

async function made<B, M extends Mode>(
  make: () => Backend<B, M> | Promise<Backend<B, M>>,
  first?: Backend<B, M>,
): Promise<Opened> {
  const backend = first ?? (await make());
  return { ...opened(backend, async () => backend.dispose?.()), make };
}

const node = (name: string, precision: 'exact' | 'accurate' | 'fast', about: string): Candidate => ({
  name,
  about,
  async open() {
    const { onnxNode } = await import('@softmax/onnx/node');
    return made(() => onnxNode({ name, precision, sessionOptions: IDLE_THREADS_SLEEP }));
  },
});

const wasm = (name: string, threads: number, about: string): Candidate => ({
  name,
  about,
  async open() {
    const found = await import('@softmax/wasm');
    const make = () => found.wasm({ name, threads });
    const backend = await make();
    return { ...(await made(make, backend)), values: (x: Tensor) => backend.values(x) };
  },
});

const threaded = (candidate: Candidate): Candidate => ({
  ...candidate,
  open: async () => ({ ...(await candidate.open()), worker: inThread(candidate.name) }),
});

/** Every backend that the command line knows, in the order of its tables. A runtime loads only when opened. */
export const CANDIDATES: readonly Candidate[] = [
  {
    name: 'cpu',
    about: 'the reference: plain JavaScript, float64 inside',
    open: async () => made((await import('@softmax/core')).cpu),
  },
  wasm('wasm', 1, 'SIMD kernels in WebAssembly'),
  wasm('wasm-threads', 2, 'the same on two threads, with the same bits'),
  node('onnxruntime-node', 'exact', 'ONNX graphs in onnxruntime-node, of precision exact'),
  node(
    'onnxruntime-node-accurate',
    'accurate',
    'the same with float32 softmax and log-softmax in compensated float32',
  ),
  node('onnxruntime-node-fast', 'fast', "the same by onnxruntime's fused kernels: faster, less exact"),
  {
    name: 'onnxruntime-web',
    about: 'ONNX graphs in onnxruntime-web, by WebAssembly',
    async open() {
      const { onnxWeb } = await import('@softmax/onnx/web');
      return made(() => onnxWeb({ name: 'onnxruntime-web', precision: 'exact', providers: ['wasm'] }));
    },
  },
].map(threaded);
