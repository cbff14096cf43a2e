import { type BackendReport, type Report, SCHEMA, SUITE } from '@softmax/conformance';
import { browser } from './browser.ts';
import type { Task } from './messages.ts';

/** The same report as `softmax check --json` writes. */
export function reportOf(
  { date, options }: { readonly date: string; readonly options: Task['options'] },
  backends: readonly BackendReport[],
): Report {
  return {
    schema: SCHEMA,
    suite: SUITE,
    date,
    options,
    machine: {
      platform: 'browser',
      arch: 'unknown',
      cpus: navigator.hardwareConcurrency,
      runtime: browser(),
    },
    backends,
  };
}
