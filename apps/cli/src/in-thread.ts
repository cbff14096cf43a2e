import { Worker } from 'node:worker_threads';
import type { BackendReport, CheckOptions, PlanOptions } from '@softmax/conformance';

/** What a thread is started with. */
export interface ThreadData {
  /** A name among the candidates, or the file of a backend. */
  readonly backend: string;
  readonly options: CheckOptions;
}

/** What a thread ends with: a report, or why the backend is not offered in a thread. */
export type ThreadEnd =
  | { readonly report: BackendReport }
  | { readonly given: string; readonly allowed: string };

/** As it lies in src, and as it is built. */
const MODULE = new URL(`./thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);

/** Loaded when it is needed: this module is part of what every command loads. */
async function unsupported(backend: string, { given, allowed }: { given: string; allowed: string }) {
  const { SoftmaxError } = await import('@softmax/core');
  return new SoftmaxError('UNSUPPORTED', backend, given, allowed);
}

/** Runs a part of the plan on a backend in a thread of its own; rejects where it ends without a report. */
export const inThread =
  (backend: string): NonNullable<PlanOptions['worker']> =>
  (options) =>
    new Promise<BackendReport>((resolve, reject) => {
      const workerData: ThreadData = { backend, options };
      const thread = new Worker(MODULE, { workerData });
      let end: ThreadEnd | undefined;
      thread.once('message', (told: ThreadEnd) => {
        end = told;
      });
      thread.once('error', reject);
      thread.once('exit', async (code) => {
        if (!end) reject(new Error(`a thread with ${backend} ended with code ${code} and no report`));
        else if ('report' in end) resolve(end.report);
        else reject(await unsupported(backend, end));
      });
    });
