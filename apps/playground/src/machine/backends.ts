import { type Backend, cpu, type Mode } from '@softmax/core';
import type { OnnxWebOptions } from '@softmax/onnx/web';

/** A backend of whatever buffers and mode: work on it must do for all of them. */
interface Opened {
  readonly use: <T>(work: <B, M extends Mode>(backend: Backend<B, M>) => T) => T;
}

export interface Choice {
  readonly name: string;
  readonly about: string;
  /** Megabytes that it loads when it is asked for. */
  readonly megabytes?: number;
  /** Why this browser has it not; undefined where it has. */
  readonly missing?: () => string | undefined;
  readonly open: () => Promise<Opened>;
}

const opened = <B, M extends Mode>(backend: Backend<B, M>): Opened => ({ use: (work) => work(backend) });

const isolated = (): string | undefined =>
  crossOriginIsolated
    ? undefined
    : 'threads need a page that is cross-origin isolated, and this one came without the headers for it';
const gpu = (): string | undefined => ('gpu' in navigator ? undefined : 'this browser has no WebGPU');

const web = (name: string, options: OnnxWebOptions) => async () => {
  const { onnxWeb } = await import('@softmax/onnx/web');
  return opened(await onnxWeb({ name, ...options }));
};
const one = 1;
const all = Math.max(2, navigator.hardwareConcurrency);

/** Every backend that a page can have. Each runs in a worker of its own, and loads when it is asked for. */
export const CHOICES: readonly Choice[] = [
  { name: 'cpu', about: 'the reference: plain JavaScript, float64 inside', open: async () => opened(cpu()) },
  {
    name: 'wasm',
    about: 'SIMD kernels in WebAssembly',
    open: async () => opened(await (await import('@softmax/wasm')).wasm()),
  },
  {
    name: 'wasm-threads',
    about: 'the same, long work split over every core',
    missing: isolated,
    open: async () =>
      opened(await (await import('@softmax/wasm')).wasm({ name: 'wasm-threads', threads: all })),
  },
  {
    name: 'onnxruntime-web',
    about: 'ONNX graphs, in WebAssembly',
    megabytes: 14,
    open: web('onnxruntime-web', { precision: 'exact', numThreads: one }),
  },
  {
    name: 'onnxruntime-web-threads',
    about: 'the same, on every core',
    megabytes: 14,
    missing: isolated,
    open: web('onnxruntime-web-threads', { precision: 'exact', numThreads: all }),
  },
  {
    name: 'onnxruntime-web-webgpu',
    about: 'the softmax family and its likelihood losses on the GPU, in float32 alone',
    megabytes: 27,
    missing: gpu,
    open: web('onnxruntime-web-webgpu', { providers: ['webgpu'] }),
  },
];
