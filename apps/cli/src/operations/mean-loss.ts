import type { Readable } from 'node:stream';
import type { Opened } from '../candidate.ts';
import type { Format } from '../formats/format.ts';
import { openSource } from '../formats/open-source.ts';
import { type Source, wholeOf } from '../formats/source.ts';
import { refuse } from '../input-error.ts';
import { compute } from './compute.ts';
import type { Values } from './operands.ts';

/** The cross-entropy of logits against labels. */
export interface MeanLoss {
  /** In nats, the mean over the rows that count. */
  readonly loss: number;
  /** e to the loss. */
  readonly perplexity: number;
  /** The same loss in bits. */
  readonly bits: number;
  readonly rows: number;
  readonly ignored: number;
}

export interface LabelledFiles {
  readonly file: string;
  readonly labels: string;
  readonly from: Format | undefined;
  /** Of `crossEntropy`. */
  readonly values: Values;
}

/** Block by block; each row in float64, and their sum with the rounding errors of its additions (Neumaier 1974). */
export async function meanLoss(
  on: Opened,
  { file, labels, from, values }: LabelledFiles,
  stdin: Readable,
  step: (read: Source['read']) => void,
): Promise<MeanLoss> {
  const labelled = await openSource(labels, stdin);
  const target = await wholeOf(labelled).finally(() => labelled.close());
  const ignoreIndex = Number(values['ignoreIndex'] ?? -100);
  const rows = Array.from({ length: target.data.length }, (_, k) => Number(target.data[k])).filter(
    (label) => label !== ignoreIndex,
  ).length;
  if (rows === 0) refuse(labels, 'no row counts: every label is ignored');
  const input = await openSource(file, stdin, from);
  let [sum, lost] = [0, 0];
  try {
    const given = { ...values, target, reduction: 'none' };
    for await (const block of compute(
      on,
      { op: 'crossEntropy', input, values: given, dtype: 'float64' },
      stdin,
    )) {
      for (const value of block['loss']?.data ?? []) {
        const each = Number(value);
        const next = sum + each;
        lost += Math.abs(sum) >= Math.abs(each) ? sum - next + each : each - next + sum;
        sum = next;
      }
      step(input.read);
    }
  } finally {
    await input.close();
  }
  const loss = (Number.isFinite(sum) ? sum + lost : sum) / rows;
  const ignored = target.data.length - rows;
  return { loss, perplexity: Math.exp(loss), bits: loss / Math.LN2, rows, ignored };
}
