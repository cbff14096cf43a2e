import { type OnnxBackend, onnx } from './onnx.ts';
import { peer } from './runtime/install.ts';
import type { OnnxOptions } from './runtime/options.ts';

/**
 * Creates the backend on onnxruntime-node, which the user has installed.
 *
 * @throws {SoftmaxError} MISSING_RUNTIME, INVALID_OPTION
 * @example
 * ```ts
 * const sm = createSoftmax(await onnxNode());
 * ```
 */
export async function onnxNode(options: OnnxOptions = {}): Promise<OnnxBackend> {
  const ort = await peer('onnxruntime-node', () => import('onnxruntime-node'));
  return onnx(ort, { name: 'onnxruntime-node', providers: ['cpu'], ...options });
}
