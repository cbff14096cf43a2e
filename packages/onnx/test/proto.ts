import proto from 'onnx-proto';

/** By the default export of a CommonJS module, which Node finds without a bundler too. */
export const onnx: typeof proto.onnx = proto.onnx;
