import { SoftmaxError } from '@softmax/core';
import { SOURCE } from '../worker.generated.ts';
import type { Start } from './protocol.ts';

/** Ends a worker. */
export type End = () => void;

interface NodeWorker {
  on(event: string, heard: (what: unknown) => void): void;
  unref(): void;
  terminate(): Promise<unknown>;
}
interface NodeThreads {
  readonly Worker: new (
    source: string,
    options: { eval: true; workerData: Start; execArgv: string[] },
  ) => NodeWorker;
}

const isNode = (): boolean =>
  (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node !== undefined;

const refused = (given: string, allowed: string, cause?: unknown): SoftmaxError =>
  new SoftmaxError('BACKEND_FAILED', 'threads', given, allowed, cause);

/**
 * Refuses where memory cannot be shared.
 *
 * @throws {SoftmaxError} BACKEND_FAILED
 */
export function checkThreads(): void {
  if (isNode()) return;
  if (globalThis.crossOriginIsolated !== true)
    throw refused(
      'a page that is not cross-origin isolated',
      'Cross-Origin-Opener-Policy: same-origin with Cross-Origin-Embedder-Policy: require-corp, or one thread',
    );
  if (typeof Worker !== 'function') throw refused('no Worker here', 'a runtime with workers, or one thread');
}

/** A worker that is ready; it holds no process open. */
export async function startWorker(start: Start): Promise<End> {
  try {
    return await (isNode() ? inNode(start) : inPage(start));
  } catch (cause) {
    throw refused('a worker that did not start', 'a machine that allows workers, or one thread', cause);
  }
}

async function inNode(workerData: Start): Promise<End> {
  // A name that no bundler looks at: in a page it is never reached.
  const name = 'node:worker_threads';
  const { Worker } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as NodeThreads;
  const worker = new Worker(SOURCE, { eval: true, workerData, execArgv: [] });
  await new Promise((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', reject);
  });
  worker.unref();
  return () => void worker.terminate();
}

async function inPage(start: Start): Promise<End> {
  const url = URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' }));
  const worker = new Worker(url);
  try {
    await new Promise((resolve, reject) => {
      worker.onmessage = resolve;
      worker.onerror = reject;
      worker.postMessage(start);
    });
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
  return () => worker.terminate();
}
