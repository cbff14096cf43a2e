import { Worker } from 'node:worker_threads';
import type { BackendReport, CheckOptions, PlanOptions } from '@softmax/conformance';

/** What a thread is started with. */
export interface ThreadData {
  /** A name among the candidates, or the file of a backend. */
  readonly backend: string;
  readonly options: CheckOptions;
}

/** As it lies in src, and as it is built. */
const MODULE = new URL(`./thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Runs a part of the plan on a backend in a thread of its own; rejects where it ends without a report. */
export const inThread =
  (backend: string): NonNullable<PlanOptions['worker']> =>
  (options) =>
    new Promise<BackendReport>((resolve, reject) => {
      const workerData: ThreadData = { backend, options };
      const thread = new Worker(MODULE, { workerData });
      let report: BackendReport | undefined;
      thread.once('message', (found: BackendReport) => {
        report = found;
      });
      thread.once('error', reject);
      thread.once('exit', (code) => {
        if (report) resolve(report);
        else reject(new Error(`a thread with ${backend} ended with code ${code} and no report`));
      });
    });
