import type { BackendReport, CheckOptions } from '@softmax/conformance';
import { run } from './runs.ts';

interface Ended {
  readonly report?: BackendReport;
  readonly error?: unknown;
}

/** A part of the plan in a worker; rejects with what went wrong in it. */
const inWorker = (backend: string, options: CheckOptions): Promise<BackendReport> =>
  new Promise<BackendReport>((resolve, reject) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data: { report, error } }: MessageEvent<Ended>) => {
      worker.terminate();
      if (report) resolve(report);
      else reject(error);
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage({ backend, options });
  });

/** How far the plan is; the matrix puts this into the page. */
declare const tell: (done: number, total: number) => Promise<void>;

/** What the matrix calls from outside. */
const runPlan = (backend: string, options: CheckOptions): Promise<BackendReport> =>
  run(backend, {
    ...options,
    worker: (part) => inWorker(backend, part),
    onCheck: (_, done, total) => {
      if (done % 100 === 0) void tell(done, total);
    },
  });
Object.assign(globalThis, { runPlan });
