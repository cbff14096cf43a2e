import type { Backend, Mode } from '@softmax/core';
import { type Check, Mismatch } from './check.ts';
import { covers, type PlanOptions, plan } from './plan.ts';
import type { BackendReport, CheckReport, JsonNumber, WorstElement } from './report.ts';

/** Every runtime has it; the suite is compiled for no runtime in particular. */
declare const performance: { now(): number };
declare const setTimeout: (then: () => void, milliseconds: number) => unknown;

/**
 * Milliseconds after which the run yields to other work of the thread, so a page stays responsive.
 */
const TURN = 50;

export interface CheckOptions extends PlanOptions {
  /**
   * Runs only checks of these ids; an id that ends in `*` selects all with its prefix.
   * Default: all.
   */
  readonly ids?: readonly string[];
  /** Ends the run before the next check; it then rejects with the signal's reason. */
  readonly signal?: { readonly aborted: boolean; readonly reason: unknown };
  /** Called after every check. */
  readonly onCheck?: (report: CheckReport, done: number, total: number) => void;
}

/**
 * Runs the plan of a backend, one check after the other, and yields to other work of the thread.
 */
export async function check<B, M extends Mode>(
  backend: Backend<B, M>,
  options: CheckOptions = {},
): Promise<BackendReport> {
  const { onCheck, ids, signal, ...rest } = options;
  const planned = [...plan(backend, rest)].filter(({ id }) => !ids || ids.some((each) => covers(each, id)));
  const checks: CheckReport[] = [];
  const start = performance.now();
  let turn = start;
  for (const each of planned) {
    if (performance.now() - turn > TURN) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      turn = performance.now();
    }
    if (signal?.aborted) throw signal.reason;
    const report = await reported(each);
    checks.push(report);
    onCheck?.(report, checks.length, planned.length);
  }
  const claims = rest.level ?? backend.claims?.level ?? 'S3';
  const { name, mode, dtypes } = backend;
  return { backend: name, mode, dtypes, claims, checks, milliseconds: performance.now() - start };
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
    const worst = worstOf(error);
    return { ...known, status: 'failed', milliseconds, message: messageOf(error), ...(worst && { worst }) };
  }
}

/** Finds the mismatch inside nested errors: a law wraps it into its example. */
function worstOf(error: unknown): WorstElement | undefined {
  if (!(error instanceof Mismatch)) return error instanceof Error ? worstOf(error.cause) : undefined;
  const { expected, got, ulp, ...rest } = error.element;
  return { ...rest, expected: jsonNumber(expected), got: jsonNumber(got), ulp: jsonNumber(ulp) };
}

const jsonNumber = (value: number): JsonNumber =>
  Number.isFinite(value) ? value : value > 0 ? 'Infinity' : value < 0 ? '-Infinity' : 'NaN';

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (${messageOf(error.cause)})`;
  return `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}${cause}`;
}
