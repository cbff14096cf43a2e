import { type OnnxBackend, onnx } from './onnx.ts';
import { peer } from './runtime/install.ts';
import { preferred } from './runtime/location.ts';
import type { OnnxOptions } from './runtime/options.ts';

export interface OnnxWebOptions extends OnnxOptions {
  /**
   * Threads of the wasm provider, shared by all of onnxruntime-web. Default: 1 in Node,
   * onnxruntime's choice in a page.
   */
  readonly numThreads?: number;
}

/**
 * Creates the backend on onnxruntime-web, which the user has installed: WebAssembly, in a page or
 * in Node. In a page, `providers: ['webgpu']` or `['webnn']` selects a device.
 *
 * @throws {SoftmaxError} MISSING_RUNTIME, INVALID_OPTION
 * @example
 * ```ts
 * const sm = createSoftmax(await onnxWeb({ numThreads: 1 }));
 * ```
 */
export async function onnxWeb({ numThreads, ...options }: OnnxWebOptions = {}): Promise<OnnxBackend> {
  // Two builds of one package: WebGPU and WebNN use one of 26.8 MB, other pages one of 14.2 MB.
  const onDevice = DEVICES.has(preferred(options.providers) ?? 'wasm');
  const ort = await peer('onnxruntime-web', () =>
    onDevice ? import('onnxruntime-web/webgpu') : import('#onnxruntime-web'),
  );
  const { wasm } = ort.env;
  // In Node its threads are workers that prevent the process from ending.
  const threads = numThreads ?? (wasm.numThreads || (isNode ? 1 : undefined));
  if (threads !== undefined) wasm.numThreads = threads;
  return onnx(ort, { name: 'onnxruntime-web', providers: ['wasm'], ...options });
}

const DEVICES: ReadonlySet<string> = new Set(['webgpu', 'webnn']);
const isNode = !('window' in globalThis) && 'process' in globalThis;
