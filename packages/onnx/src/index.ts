export type { Precision } from './claims.ts';
export { type OnnxBackend, onnx } from './onnx.ts';
export type { OnnxOptions } from './options.ts';
export type { OrtSession, OrtTensor, Runtime } from './runtime.ts';
