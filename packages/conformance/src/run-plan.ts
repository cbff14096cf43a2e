import type { Backend, Mode } from '@softmax/core';
import type { Check } from './check.ts';
import { type PlanOptions, plan } from './plan.ts';
import type { BackendReport, CheckReport } from './report.ts';

/** Every runtime has it; the suite is compiled for none in particular. */
declare const performance: { now(): number };

export interface CheckOptions extends PlanOptions {
  /** Called after every check. */
  readonly onCheck?: (report: CheckReport, done: number, total: number) => void;
}

/** Runs the plan of a backend, one check after the other. */
export async function check<B, M extends Mode>(
  backend: Backend<B, M>,
  options: CheckOptions = {},
): Promise<BackendReport> {
  const { onCheck, ...rest } = options;
  const planned = [...plan(backend, rest)];
  const checks: CheckReport[] = [];
  const start = performance.now();
  for (const each of planned) {
    const report = await reported(each);
    checks.push(report);
    onCheck?.(report, checks.length, planned.length);
  }
  const claims = rest.level ?? backend.claims?.level ?? 'S3';
  return { backend: backend.name, claims, checks, milliseconds: performance.now() - start };
}

async function reported(each: Check): Promise<CheckReport> {
  const { id, category, op, mistake } = each;
  const start = performance.now();
  const known = { id, category, op, mistake };
  try {
    const outcome = await each.run();
    return { ...known, ...outcome, milliseconds: performance.now() - start };
  } catch (error) {
    const milliseconds = performance.now() - start;
    return { ...known, status: 'failed', milliseconds, message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (${messageOf(error.cause)})`;
  return `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}${cause}`;
}
