import { type BackendReport, type CheckOptions, check } from '@softmax/conformance';
import { cpu } from '@softmax/core';
import { onnxWeb } from '@softmax/onnx/web';
import { wasm } from '@softmax/wasm';

type Run = (options: CheckOptions) => Promise<BackendReport>;

/** The backends of a page, by the names that they have on the command line. */
const RUNS: { readonly [backend: string]: Run } = {
  cpu: (options) => check(cpu(), options),
  wasm: async (options) => check(await wasm(), options),
  'onnxruntime-web': async (options) => {
    const backend = await onnxWeb({ name: 'onnxruntime-web', precision: 'exact', providers: ['wasm'] });
    return check(backend, options).finally(() => backend.dispose());
  },
};

/** What the matrix calls from outside. */
const runPlan = async (backend: string, options: CheckOptions): Promise<BackendReport> => {
  const run = RUNS[backend];
  if (!run) throw new Error(`no backend ${backend} in the page`);
  return run(options);
};
Object.assign(globalThis, { runPlan });
