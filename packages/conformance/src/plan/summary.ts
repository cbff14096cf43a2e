import type { FloatType, Level } from '@softmax/core';
import { LEVELS } from '../judge/tolerance.ts';
import type { RowError } from './check.ts';
import type { BackendReport, CheckReport, Summary } from './report.ts';

/**
 * One line for each operation, in the order of the plan. Level and errors are those of its accuracy checks, where it has
 * any: an operation that only selects or copies is measured by the others.
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

/** Of what is kept, where a backend may flush; of a check that failed, only the element that is worst is known. */
function errorsOf({ errors = [], worst }: CheckReport): readonly Pick<RowError, 'dtype' | 'ulp'>[] {
  const kept = errors.map(({ dtype, ulp, kept = ulp }) => ({ dtype, ulp: kept }));
  return worst ? [...kept, { dtype: worst.dtype, ulp: Number(worst.ulp) }] : kept;
}

function worstByType(errors: readonly Pick<RowError, 'dtype' | 'ulp'>[]): Summary['ulps'] {
  const found: { [D in FloatType]?: number } = {};
  for (const { dtype, ulp } of errors) found[dtype] = Math.max(found[dtype] ?? 0, ulp);
  return found;
}

/** A failed accuracy check leaves no level to state. */
function levelOf(measured: readonly CheckReport[]): Level | undefined {
  if (measured.some(({ status }) => status === 'failed')) return undefined;
  const levels = new Set(measured.map(({ level }) => level));
  return LEVELS.findLast((level) => levels.has(level));
}
