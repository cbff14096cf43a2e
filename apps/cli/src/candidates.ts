import { cpu, type Tensor } from '@softmax/core';
import { type Candidate, opened } from './candidate.ts';

/** Each session has its own threads, which wait busily by default: a plan of dozens of sessions took six times as long. */
const IDLE_THREADS_SLEEP = { extra: { session: { intra_op: { allow_spinning: '0' } } } };

const node = (name: string, precision: 'exact' | 'accurate' | 'fast', about: string): Candidate => ({
  name,
  about,
  async open() {
    const { onnxNode } = await import('@softmax/onnx/node');
    const backend = await onnxNode({ name, precision, sessionOptions: IDLE_THREADS_SLEEP });
    return opened(backend, () => backend.dispose());
  },
});

const wasm = (name: string, threads: number, about: string): Candidate => ({
  name,
  about,
  async open() {
    const made = await import('@softmax/wasm');
    const make = () => made.wasm({ name, threads });
    const backend = await make();
    const values = (x: Tensor) => backend.values(x);
    return { ...opened(backend, async () => backend.dispose()), make, values };
  },
});

/** Every backend that the command line knows, in the order of its tables. A runtime loads only when opened. */
export const CANDIDATES: readonly Candidate[] = [
  { name: 'cpu', about: 'the reference: plain JavaScript, float64 inside', open: async () => opened(cpu()) },
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
      const backend = await onnxWeb({ name: 'onnxruntime-web', precision: 'exact', providers: ['wasm'] });
      return opened(backend, () => backend.dispose());
    },
  },
];
