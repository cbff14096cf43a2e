interface Choice {
  readonly name: string;
  readonly about: string;
  /** Default: 1. */
  readonly threads?: number;
  /** Megabytes that it loads when it is asked for. */
  readonly megabytes?: number;
  /** Why this browser has it not; undefined where it has. */
  readonly missing?: () => string | undefined;
}

const isolated = (): string | undefined =>
  crossOriginIsolated
    ? undefined
    : 'threads need a page that is cross-origin isolated, and this one came without the headers for it';
const gpu = (): string | undefined => ('gpu' in navigator ? undefined : 'this browser has no WebGPU');

/** As many threads as there are processors. */
export const ALL: number = Math.max(2, navigator.hardwareConcurrency);

const LIST = [
  { name: 'cpu', about: 'the reference: plain JavaScript, float64 inside' },
  { name: 'wasm', about: 'SIMD kernels in WebAssembly' },
  {
    name: 'wasm-threads',
    about: 'the same, long work split over every core',
    threads: ALL,
    missing: isolated,
  },
  { name: 'onnxruntime-web', about: 'ONNX graphs, in WebAssembly', megabytes: 14 },
  {
    name: 'onnxruntime-web-threads',
    about: 'the same, on every core',
    threads: ALL,
    megabytes: 14,
    missing: isolated,
  },
  {
    name: 'onnxruntime-web-webgpu',
    about: 'the softmax family and its likelihood losses on the GPU, in float32 alone',
    megabytes: 27,
    missing: gpu,
  },
] as const satisfies readonly Choice[];

export type BackendName = (typeof LIST)[number]['name'];

/** Every backend that a page can have. Each runs in a worker of its own, which alone can open it. */
export const CHOICES: readonly (Choice & { readonly name: BackendName })[] = LIST;
