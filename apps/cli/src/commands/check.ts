import {
  type BackendReport,
  type CheckOptions,
  check,
  covers,
  plan,
  type Report,
  SCHEMA,
  SUITE,
} from '@softmax/conformance';
import { cpu } from '@softmax/core';
import type { Candidate } from '../candidate.ts';
import { checkText } from '../check-text.ts';
import { type Present, withBackends } from '../open.ts';
import { printable } from '../printable.ts';
import { progress } from '../progress.ts';
import { type ReportFiles, reportWriters } from '../report-files.ts';
import { machine } from '../runtime.ts';
import { seconds } from '../seconds.ts';
import { interruptible } from '../signals.ts';
import { type Output, painter, type Streams } from '../streams.ts';
import { UsageError } from '../usage-error.ts';

export interface CheckRequest {
  /** None: all that are here. */
  readonly names: readonly string[];
  readonly options: Report['options'];
  readonly reports: ReportFiles;
  /** The table of `ulpTable` in place of that of `checkTable`. */
  readonly isCompact: boolean;
}

/** `softmax check`: the plan on every backend, side by side. True when nothing failed. */
export async function checkCommand(
  candidates: readonly Candidate[],
  { names, options, reports, isCompact }: CheckRequest,
  { stdout, stderr }: Streams,
): Promise<boolean> {
  refuseNothing(options);
  const { writers, taken } = await reportWriters(reports, stdout);
  return withBackends(candidates, names, async ({ here, absent }) => {
    const date = new Date().toISOString();
    const backends: BackendReport[] = [];
    for (const each of here)
      backends.push({ ...(await checked(each, options, stderr)), argument: each.argument });
    const report: Report = { schema: SCHEMA, suite: SUITE, date, options, machine: machine(), backends };
    // A report on standard output is alone there, so that it can be piped.
    const text = taken ? stderr : stdout;
    text.write(`${checkText(report, absent, painter(text), isCompact).join('\n')}\n`);
    for (const write of writers) await write(report);
    const failed = backends.some(({ checks }) => checks.some(({ status }) => status === 'failed'));
    return !failed && !absent.some(({ broken }) => broken);
  });
}

/** A run of nothing would pass. */
function refuseNothing({ ids, ...options }: Report['options']): void {
  const chosen = [...plan(cpu(), { ...options, make: cpu, worker: async () => ({ checks: [] }) })];
  if (chosen.length === 0) throw new UsageError('no check is in both this --op and this --category');
  const unknown = ids?.find((pattern) => !chosen.some(({ id }) => covers(pattern, id)));
  if (unknown === undefined) return;
  throw new UsageError(`no check ${unknown} in this run; --quick and --lengths change which there are`);
}

async function checked(on: Present, options: CheckOptions, stderr: Output): Promise<BackendReport> {
  const shown = progress(stderr, printable(on.name));
  let failed = 0;
  const onCheck = ({ status }: { status: string }, done: number, all: number) => {
    if (status === 'failed') failed++;
    shown.step(done, all, failed);
  };
  const { make, worker } = on;
  const report = await on
    .use((backend) =>
      interruptible(() =>
        check(backend, { ...options, ...(make && { make }), ...(worker && { worker }), onCheck }),
      ),
    )
    .finally(() => shown.end());
  if (report.checks.length === 0) throw new UsageError(`no check of these can run on ${on.name}`);
  const { checks, milliseconds } = report;
  stderr.write(
    `${printable(on.name)}: ${checks.length} checks in ${seconds(milliseconds)}, ${failed} failed\n`,
  );
  return report;
}
