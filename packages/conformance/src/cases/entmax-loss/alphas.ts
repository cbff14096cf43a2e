import type { Labelled } from '../../operations/cross-entropy.ts';
import { takes } from '../../operations/described.ts';
import { type Backward, backward, type Forward, forward } from '../../operations/entmax-loss.ts';
import type { Operation } from '../../operations/operation.ts';
import type { Case } from '../../plan/case.ts';

export type Loss = Forward | Backward;

/** The same cases for each α: 2 is the only one of sparsemax. */
export function each(
  op: Loss,
  alphas: readonly number[],
  make: (operation: Operation<Labelled>, named: (name: string) => string, alpha: number) => readonly Case[],
): readonly Case[] {
  const own = takes(op, 'alpha') ? alphas : [2];
  return own.flatMap((alpha) => {
    const prefix = takes(op, 'alpha') ? `alpha-${String(alpha).replace('.', '-')}-` : '';
    const operation =
      op === 'sparsemaxLoss' || op === 'entmaxLoss' ? forward(op, alpha) : backward(op, alpha);
    return make(operation, (name) => prefix + name, alpha);
  });
}
