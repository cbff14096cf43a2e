import { fromFloat16, type Host, toFloat16 } from '@softmax/core';

/**
 * The part of onnxruntime that this package uses: onnxruntime-node and onnxruntime-web both have
 * it.
 */
export interface Runtime {
  readonly Tensor: {
    new (type: 'float32', data: Float32Array, dims: readonly number[]): OrtTensor;
    new (type: 'float64', data: Float64Array, dims: readonly number[]): OrtTensor;
    new (type: 'int32', data: Int32Array, dims: readonly number[]): OrtTensor;
    new (type: 'bool', data: Uint8Array, dims: readonly number[]): OrtTensor;
    fromGpuBuffer?(buffer: never, options: never): OrtTensor;
  };
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<OrtSession>;
  };
  readonly env: { readonly versions: object };
}

export interface OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  /** `'cpu'`, `'gpu-buffer'`, … */
  readonly location?: string;
  /** Present only if there is one. */
  readonly gpuBuffer?: unknown;
  reshape(dims: readonly number[]): OrtTensor;
  getData(): Promise<unknown>;
  dispose(): void;
}

export interface OrtSession {
  run(feeds: { readonly [name: string]: OrtTensor }): Promise<{ readonly [name: string]: OrtTensor }>;
  release(): Promise<void>;
}

/**
 * Wraps a lent array in a tensor, without a copy; each use gives its shape. float16 is stored as
 * float32 of the same values: with Node 24 and newer onnxruntime-node 1.30 accepts no float16
 * tensors as inputs, not even its own results.
 */
export function lend({ Tensor }: Runtime, data: Host): OrtTensor {
  const dims = [data.length];
  if (data instanceof Float32Array) return new Tensor('float32', data, dims);
  if (data instanceof Float64Array) return new Tensor('float64', data, dims);
  if (data instanceof Int32Array) return new Tensor('int32', data, dims);
  if (data instanceof Uint8Array) return new Tensor('bool', data, dims);
  return new Tensor('float32', Float32Array.from(data, fromFloat16), dims);
}

/**
 * Returns the values in another shape; a tensor that owns device memory cannot be reshaped, but its
 * memory can be wrapped again.
 */
export function shaped({ Tensor }: Runtime, tensor: OrtTensor, dims: readonly number[]): OrtTensor {
  if (dims.length === tensor.dims.length && dims.every((d, k) => d === tensor.dims[k])) return tensor;
  if (tensor.location !== 'gpu-buffer') return tensor.reshape(dims);
  const view = { dataType: tensor.type, dims };
  return Tensor.fromGpuBuffer?.(tensor.gpuBuffer as never, view as never) ?? tensor.reshape(dims);
}

/** The bits of float16 values. */
export const halfBits = (values: Host): Uint16Array => Uint16Array.from(values, toFloat16);

/**
 * onnxruntime-web has one heap and one thread of calls: no calls may overlap, from any backend.
 * onnxruntime-node runs sessions in threads of its own.
 */
export const overlaps = ({ env }: Runtime): boolean => 'node' in env.versions;
