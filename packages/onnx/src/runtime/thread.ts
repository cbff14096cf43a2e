/** What Node ≥ 20.16 says of its threads. */
interface Process {
  getBuiltinModule?(name: 'node:worker_threads'): { readonly isMainThread: boolean };
}

/** Whether this is a worker of Node. */
export const inWorkerOfNode = (): boolean =>
  (globalThis as { process?: Process }).process?.getBuiltinModule?.('node:worker_threads').isMainThread ===
  false;
