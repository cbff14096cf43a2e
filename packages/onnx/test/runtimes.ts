import type { OnnxOptions } from '../src/index.ts';
import { onnxNode } from '../src/node.ts';
import type { OnnxBackend } from '../src/onnx.ts';
import { onnxWeb } from '../src/web.ts';

/** Every runtime that can be tested in Node. */
export const RUNTIMES: readonly (readonly [
  name: string,
  make: (options?: OnnxOptions) => Promise<OnnxBackend>,
])[] = [
  // One thread: with more, idle ones spin and take the cores from the other tests.
  ['onnxruntime-node', (options) => onnxNode({ sessionOptions: { intraOpNumThreads: 1 }, ...options })],
  ['onnxruntime-web', onnxWeb],
];
