import type { OnnxOptions } from '../src/index.ts';
import { onnxNode } from '../src/node.ts';
import type { OnnxBackend } from '../src/onnx.ts';
import { onnxWeb } from '../src/web.ts';

export type Runtime = readonly [name: string, make: (options?: OnnxOptions) => Promise<OnnxBackend>];

export const NODE: Runtime = [
  'onnxruntime-node',
  // One thread: with more, idle ones spin and take the cores from the other tests.
  (options) => onnxNode({ sessionOptions: { intraOpNumThreads: 1 }, ...options }),
];
export const WEB: Runtime = ['onnxruntime-web', onnxWeb];

/** Every runtime that can be tested in Node. */
export const RUNTIMES: readonly Runtime[] = [NODE, WEB];
