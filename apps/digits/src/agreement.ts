import { table } from '@softmax/cli';
import type { Outputs } from './backend-softmax.ts';
import type { Model } from './model.ts';
import { largestDifference, largestUlp } from './ulp.ts';

/** A backend after its lesson: what it learnt, and what it makes of the logits that all are given. */
export interface Graduate {
  readonly name: string;
  readonly model: Model;
  readonly outputs: Outputs;
}

/** How far every two backends are apart at most, as a table. */
export function agreement(graduates: readonly Graduate[]): string[] {
  const right = (head: string) => ({ head, align: 'right' as const });
  const columns = [
    { head: 'between' },
    { head: 'and' },
    right('probabilities'),
    right('losses'),
    right('gradients'),
    right('trained weights'),
  ];
  const rows = graduates.flatMap((a, k) =>
    graduates
      .slice(k + 1)
      .map((b) => [
        a.name,
        b.name,
        `${largestUlp(a.outputs.probabilities, b.outputs.probabilities)} ulp`,
        `${largestUlp(a.outputs.losses, b.outputs.losses)} ulp`,
        `${largestUlp(a.outputs.gradient, b.outputs.gradient)} ulp`,
        largestDifference(a.model.weights, b.model.weights).toExponential(1),
      ]),
  );
  return table(columns, rows);
}
