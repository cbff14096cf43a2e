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

/** How far each backend is from the first one at most, as a table. */
export function agreement([first, ...others]: readonly Graduate[]): string[] {
  if (first === undefined) return [];
  const right = (head: string) => ({ head, align: 'right' as const });
  const columns = [
    { head: 'between' },
    { head: 'and' },
    right('probabilities'),
    right('losses'),
    right('gradients'),
    right('trained weights'),
  ];
  const ulp = (name: keyof Outputs, other: Graduate) =>
    `${largestUlp(first.outputs[name], other.outputs[name])} ulp`;
  const rows = others.map((other) => [
    first.name,
    other.name,
    ulp('probabilities', other),
    ulp('losses', other),
    ulp('gradient', other),
    largestDifference(first.model.weights, other.model.weights).toExponential(1),
  ]);
  return table(columns, rows);
}
