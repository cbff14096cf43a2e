import { worstUlp } from '@softmax/conformance';
import type { Task } from './task.ts';

/** Longer rows are not judged. */
const LONGEST = 2 ** 22;
/** So many elements are judged in half a second; of a task that has more, rows here and there. */
const JUDGED = 2 ** 20;

/**
 * The worst error of a result, ulp, by the oracle of the conformance suite; null for what has none there, and for rows
 * whose oracle would take longer than all turns.
 */
export function errorOf(task: Task, got: ArrayLike<number>): number | null {
  const { op, outer, n, inner, x, labels } = task;
  if (op === 'hierarchicalLoss' || op === 'sample' || n > LONGEST) return null;
  if (got.length !== x.length) throw new Error(`${op} ${task.name}: ${got.length} values, not ${x.length}`);
  let worst = 0;
  const step = Math.max(1, Math.floor(x.length / JUDGED));
  for (let row = 0; row < outer * inner; row += step) {
    const [o, i] = [Math.floor(row / inner), row % inner];
    const take = (from: ArrayLike<number>) =>
      Float32Array.from({ length: n }, (_, k) => from[(o * n + k) * inner + i] as number);
    const values = { x: take(x), got: take(got) };
    const label = labels[row] as number;
    const found =
      op === 'crossEntropyGrad' ? worstUlp({ ...values, op, label }) : worstUlp({ ...values, op });
    worst = Math.max(worst, found);
  }
  return worst;
}
