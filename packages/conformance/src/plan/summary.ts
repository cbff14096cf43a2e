import type { FloatType, Level } from '@softmax/core';
import { LEVELS } from '../judge/tolerance.ts';
import type { RowError } from './check.ts';
import type { BackendReport, CheckReport, Summary } from './report.ts';

/**
 * Returns one line for each operation, in the order of the plan. Level and errors come from its
 * accuracy checks, if it has any; operations that only select or copy are measured by the other
 * checks.
 */
export function summarize({ backend, checks }: BackendReport): Summary[] {
  const ops = [...new Set(checks.map(({ op }) => op))];
  return ops.map((op) => {
    const own = checks.filter((each) => each.op === op);
    const accuracy = own.filter(({ category }) => category === 'accuracy');
    const measured =
      accuracy.length > 0 ? accuracy : own.filter(({ status, level }) => status === 'failed' || level);
    const count = (status: CheckReport['status']) => own.filter((each) => each.status === status).length;
    return {
      backend,
      op,
      offered:
        op === 'contract' ||
        own.some(({ category, status }) => category !== 'contract' && status !== 'refused'),
      level: levelOf(measured),
      ulps: worstByType(measured.flatMap(errorsOf)),
      passed: count('passed'),
      failed: count('failed'),
      refused: count('refused'),
      deviating: count('deviating'),
      milliseconds: own.reduce((sum, each) => sum + each.milliseconds, 0),
    };
  });
}

/**
 * For a backend that may flush, only results that are not flushed count. For a failed check, only
 * the worst element is known.
 */
function errorsOf({ errors = [], worst }: CheckReport): readonly Pick<RowError, 'dtype' | 'ulp'>[] {
  const kept = errors.map(({ dtype, ulp, kept = ulp }) => ({ dtype, ulp: kept }));
  return worst ? [...kept, { dtype: worst.dtype, ulp: Number(worst.ulp) }] : kept;
}

function worstByType(errors: readonly Pick<RowError, 'dtype' | 'ulp'>[]): Summary['ulps'] {
  const found: { [D in FloatType]?: number } = {};
  for (const { dtype, ulp } of errors) found[dtype] = Math.max(found[dtype] ?? 0, ulp);
  return found;
}

/** After a failed accuracy check there is no level. */
function levelOf(measured: readonly CheckReport[]): Level | undefined {
  if (measured.some(({ status }) => status === 'failed')) return undefined;
  const levels = new Set(measured.map(({ level }) => level));
  return LEVELS.findLast((level) => levels.has(level));
}
