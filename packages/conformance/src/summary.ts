import type { Level } from '@softmax/core';
import type { BackendReport, CheckReport, Summary } from './report.ts';
import { LEVELS } from './tolerance.ts';

/** One line for each operation, in the order of the plan. A failed accuracy check leaves no level to state. */
export function summarize({ backend, checks }: BackendReport): Summary[] {
  const ops = [...new Set(checks.map(({ op }) => op))];
  return ops.map((op) => {
    const own = checks.filter((each) => each.op === op);
    const count = (status: CheckReport['status']) => own.filter((each) => each.status === status).length;
    return {
      backend,
      op,
      level: levelOf(own),
      ulp: own.reduce<number | undefined>(
        (most, { ulp }) => (ulp === undefined ? most : Math.max(most ?? 0, ulp)),
        undefined,
      ),
      passed: count('passed'),
      failed: count('failed'),
      refused: count('refused'),
      deviating: count('deviating'),
      milliseconds: own.reduce((sum, each) => sum + each.milliseconds, 0),
    };
  });
}

function levelOf(checks: readonly CheckReport[]): Level | undefined {
  const measured = checks.filter(({ category }) => category === 'accuracy');
  if (measured.some(({ status }) => status === 'failed')) return undefined;
  const levels = new Set(checks.map(({ level }) => level));
  return LEVELS.findLast((level) => levels.has(level));
}
