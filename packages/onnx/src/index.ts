export type { Adaptive, AdaptiveLayout } from './export/adaptive.ts';
export { type AppendOptions, appendHead } from './export/append-head.ts';
export type { OperationOptions } from './export/operations.ts';
export type { Dimension, ExportSettings } from './export/options.ts';
export { type ExportOptions, toOnnx } from './export/to-onnx.ts';
export { type OnnxBackend, onnx } from './onnx.ts';
export type { Precision } from './runtime/claims.ts';
export type { OnnxOptions } from './runtime/options.ts';
export type { OrtSession, OrtTensor, Runtime } from './runtime/runtime.ts';
