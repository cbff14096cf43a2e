import { type BackendReport, type CheckOptions, check } from '@softmax/conformance';
import { type Backend, cpu, type Mode } from '@softmax/core';
import { onnxWeb } from '@softmax/onnx/web';
import { wasm } from '@softmax/wasm';

type Run = (options: CheckOptions) => Promise<BackendReport>;

const tried =
  <B, M extends Mode>(make: () => Backend<B, M> | Promise<Backend<B, M>>): Run =>
  async (options) => {
    const backend = await make();
    return check(backend, { ...options, make }).finally(() => backend.dispose?.());
  };

/** The backends of a page and of its workers, by the names that they have on the command line. */
const RUNS: { readonly [backend: string]: Run } = {
  cpu: tried(cpu),
  wasm: tried(() => wasm()),
  'wasm-threads': tried(() => wasm({ name: 'wasm-threads', threads: 2 })),
  'onnxruntime-web': tried(() => onnxWeb({ name: 'onnxruntime-web', precision: 'exact', numThreads: 1 })),
  'onnxruntime-web-threads': tried(() =>
    onnxWeb({ name: 'onnxruntime-web-threads', precision: 'exact', numThreads: 2 }),
  ),
  'onnxruntime-web-webgpu': tried(() => onnxWeb({ name: 'onnxruntime-web-webgpu', providers: ['webgpu'] })),
};

export const run = async (backend: string, options: CheckOptions): Promise<BackendReport> => {
  const own = RUNS[backend];
  if (!own) throw new Error(`no backend ${backend} in the page`);
  return own(options);
};
