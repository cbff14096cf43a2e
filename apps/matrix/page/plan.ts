import { type BackendReport, type CheckOptions, check } from '@softmax/conformance';
import { cpu } from '@softmax/core';
import { onnxWeb } from '@softmax/onnx/web';
import { type WasmOptions, wasm } from '@softmax/wasm';

type Run = (options: CheckOptions) => Promise<BackendReport>;

const checkWasm = async (given: WasmOptions, options: CheckOptions): Promise<BackendReport> => {
  const make = () => wasm(given);
  const backend = await make();
  return check(backend, { ...options, make }).finally(() => backend.dispose());
};

/** The backends of a page, by the names that they have on the command line. */
const RUNS: { readonly [backend: string]: Run } = {
  cpu: (options) => check(cpu(), options),
  wasm: (options) => checkWasm({}, options),
  'wasm-threads': (options) => checkWasm({ name: 'wasm-threads', threads: 2 }, options),
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
