import { availableParallelism } from 'node:os';
import {
  type BackendReport,
  check,
  type PlanOptions,
  plan,
  type Report,
  SCHEMA,
  SUITE,
} from '@softmax/conformance';
import { cpu } from '@softmax/core';
import type { Candidate, Opened } from '../candidate.ts';
import { checkText } from '../check-text.ts';
import { withBackends } from '../open.ts';
import { progress } from '../progress.ts';
import { seconds } from '../seconds.ts';
import { type Output, painter, type Streams } from '../streams.ts';
import { UsageError } from '../usage-error.ts';
import { wholeFile } from '../whole-file.ts';

export interface CheckRequest {
  /** None: all that are here. */
  readonly names: readonly string[];
  readonly plan: PlanOptions;
  readonly json: string | undefined;
}

/** `softmax check`: the plan on every backend, side by side. True when nothing failed. */
export async function checkCommand(
  candidates: readonly Candidate[],
  { names, plan: options, json }: CheckRequest,
  { stdout, stderr }: Streams,
): Promise<boolean> {
  // A run of nothing would pass.
  if (plan(cpu(), options).next().done)
    throw new UsageError('no check is in both this --op and this --category');
  const save = json === undefined ? undefined : await wholeFile(json);
  return withBackends(candidates, names, async ({ here, absent }) => {
    const date = new Date().toISOString();
    const reports: BackendReport[] = [];
    for (const each of here) reports.push(await checked(each, options, stderr));
    stdout.write(`${checkText(reports, absent, painter(stdout)).join('\n')}\n`);
    const report: Report = {
      schema: SCHEMA,
      suite: SUITE,
      date,
      options,
      machine: machine(),
      backends: reports,
    };
    await save?.(`${JSON.stringify(report, null, 2)}\n`);
    const failed = reports.some(({ checks }) => checks.some(({ status }) => status === 'failed'));
    return !failed && !absent.some(({ broken }) => broken);
  });
}

async function checked(on: Opened, options: PlanOptions, stderr: Output): Promise<BackendReport> {
  const shown = progress(stderr, on.name);
  let failed = 0;
  const onCheck = ({ status }: { status: string }, done: number, all: number) => {
    if (status === 'failed') failed++;
    shown.step(done, all, failed);
  };
  const report = await on
    .use((backend) => check(backend, { ...options, onCheck }))
    .finally(() => shown.end());
  const { checks, milliseconds } = report;
  stderr.write(`${on.name}: ${checks.length} checks in ${seconds(milliseconds)}, ${failed} failed\n`);
  return report;
}

const machine = (): Report['machine'] => ({
  platform: process.platform,
  arch: process.arch,
  cpus: availableParallelism(),
  runtime: `node ${process.versions.node}`,
});
