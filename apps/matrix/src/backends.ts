/** What runs a backend: a process of a JavaScript runtime, or a page. */
export type Kind = 'process' | 'page';

export interface Column {
  /** As the command line names it; in `page/plan.ts`, where it runs in a page. */
  readonly backend: string;
  readonly in: readonly Kind[];
}

/** The columns of the matrix. */
export const BACKENDS: readonly Column[] = [
  { backend: 'cpu', in: ['process', 'page'] },
  { backend: 'wasm', in: ['process', 'page'] },
  { backend: 'wasm-threads', in: ['process', 'page'] },
  { backend: 'onnxruntime-node', in: ['process'] },
  { backend: 'onnxruntime-web', in: ['process', 'page'] },
];
