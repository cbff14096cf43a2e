import { type Backend, cpu, type Mode } from '@softmax/core';
import type { OnnxWebOptions } from '@softmax/onnx/web';
import { ALL, type BackendName } from './backends.ts';

/** A backend of whatever buffers and mode: work on it must do for all of them. */
interface Opened {
  readonly use: <T>(work: <B, M extends Mode>(backend: Backend<B, M>) => T) => T;
}

const opened = <B, M extends Mode>(backend: Backend<B, M>): Opened => ({ use: (work) => work(backend) });

const web = (name: BackendName, options: OnnxWebOptions) => async () => {
  const { onnxWeb } = await import('@softmax/onnx/web');
  return opened(await onnxWeb({ name, ...options }));
};

/** Loads a backend. Workers alone import this, so that the runtimes are bundled once. */
export const OPEN: { readonly [Name in BackendName]: () => Promise<Opened> } = {
  cpu: async () => opened(cpu()),
  wasm: async () => opened(await (await import('@softmax/wasm')).wasm()),
  'wasm-threads': async () =>
    opened(await (await import('@softmax/wasm')).wasm({ name: 'wasm-threads', threads: ALL })),
  'onnxruntime-web': web('onnxruntime-web', { precision: 'exact', numThreads: 1 }),
  'onnxruntime-web-threads': web('onnxruntime-web-threads', { precision: 'exact', numThreads: ALL }),
  'onnxruntime-web-webgpu': web('onnxruntime-web-webgpu', { providers: ['webgpu'] }),
};
