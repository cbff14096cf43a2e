import { type BackendReport, type Report, SCHEMA, SUITE } from '@softmax/conformance';
import type { Task } from './messages.ts';

/** The same report as `softmax check --json` writes. */
export function reportOf(
  { date, options }: { readonly date: string; readonly options: Task['options'] },
  backends: readonly BackendReport[],
): Report {
  const { hardwareConcurrency, userAgent } = navigator;
  // A name and a version, as in `chrome/140.0`; others imitate Chrome, so they are sought first.
  const found = /(Firefox|Edg)\/[\d.]+/.exec(userAgent) ?? /(Chrome|Safari)\/[\d.]+/.exec(userAgent);
  const runtime = (found?.[0] ?? userAgent).toLowerCase().replace('/', ' ');
  return {
    schema: SCHEMA,
    suite: SUITE,
    date,
    options,
    machine: { platform: 'browser', arch: 'unknown', cpus: hardwareConcurrency, runtime },
    backends,
  };
}

export function save(report: Report): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: 'softmax-report.json' });
  link.click();
  // The download has begun; it holds the data itself.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
