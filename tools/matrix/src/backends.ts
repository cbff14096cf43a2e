/** What runs a backend: a process of a JavaScript runtime, or a page. */
export type Kind = 'process' | 'page';

export interface Column {
  /** As the command line names it; in `page/plan.ts`, where it runs in a page. */
  readonly backend: string;
  readonly in: readonly Kind[];
  /** A module beside this one that makes it, where the command line has no name for it. */
  readonly module?: string;
  /** Left out unless it is named: it needs a GPU, or takes one's time in software. */
  readonly asked?: true;
}

/** The columns of the matrix. */
export const BACKENDS: readonly Column[] = [
  { backend: 'cpu', in: ['process', 'page'] },
  { backend: 'wasm', in: ['process', 'page'] },
  { backend: 'wasm-threads', in: ['process', 'page'] },
  { backend: 'onnxruntime-node', in: ['process'] },
  { backend: 'onnxruntime-node-webgpu', in: ['process'], module: 'onnxruntime-node-webgpu.js', asked: true },
  { backend: 'onnxruntime-web', in: ['process', 'page'] },
  { backend: 'onnxruntime-web-threads', in: ['page'] },
  { backend: 'onnxruntime-web-webgpu', in: ['page'], asked: true },
];
