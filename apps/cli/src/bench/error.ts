import { worstUlp } from '@softmax/conformance';
import type { Task } from './task.ts';

const LONGEST = 2 ** 22;

/**
 * The worst error of a result, ulp, by the oracle of the conformance suite; null for what has none there, and
 * for rows whose oracle would take longer than all turns. */
export function errorOf(task: Task, got: ArrayLike<number>): number | null {
  const { op, outer, n, inner, x, labels } = task;
  if (op === 'hierarchicalLoss' || op === 'sample' || n > LONGEST) return null;
  if (got.length !== x.length) throw new Error(`${op} ${task.name}: ${got.length} values, not ${x.length}`);
  let worst = 0;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const take = (from: ArrayLike<number>) =>
        Float32Array.from({ length: n }, (_, k) => from[(o * n + k) * inner + i] as number);
      const row = { x: take(x), got: take(got) };
      const label = labels[o * inner + i] as number;
      const found = op === 'crossEntropyGrad' ? worstUlp({ ...row, op, label }) : worstUlp({ ...row, op });
      worst = Math.max(worst, found);
    }
  return worst;
}
