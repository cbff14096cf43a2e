/** The thread information of Node ≥ 20.16. */
interface Process {
  getBuiltinModule?(name: 'node:worker_threads'): { readonly isMainThread: boolean };
}

/** Returns true in a worker of Node. */
export const inWorkerOfNode = (): boolean =>
  (globalThis as { process?: Process }).process?.getBuiltinModule?.('node:worker_threads').isMainThread ===
  false;
