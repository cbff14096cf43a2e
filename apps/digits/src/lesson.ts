import type { Candidate, Opened } from '@softmax/cli';
import type { Graduate } from './agreement.ts';
import { outputs, softmaxOn } from './backend-softmax.ts';
import type { Digits } from './digits.ts';
import { accuracy, logits, type Model } from './model.ts';
import { EPOCHS, train } from './train.ts';

const NAME = 26;
const CELL = 8;
const cell = (text: string | number): string => String(text).padStart(CELL);

export const LESSON_HEAD: string = [
  'loss after epoch'.padEnd(NAME),
  ...Array.from({ length: EPOCHS }, (_, k) => cell(k + 1)),
  cell('unseen'),
  cell('time'),
].join('');

export interface Taught extends Graduate {
  readonly accuracy: number;
}

/**
 * Trains through one backend, and writes a line of its losses as they fall.
 *
 * @param common makes the logits on which the backends are compared: the model of the first backend
 * @returns nothing where its runtime is not installed
 */
export async function lesson(
  candidate: Candidate,
  { training, unseen }: { readonly training: Digits; readonly unseen: Digits },
  common: Model | undefined,
  write: (text: string) => void,
): Promise<Taught | undefined> {
  const { name } = candidate;
  write(name.padEnd(NAME));
  let backend: Opened;
  try {
    backend = await candidate.open();
  } catch (error) {
    write(`not here: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
  try {
    const start = performance.now();
    const on = backend.use(softmaxOn);
    const model = await train(on, training, { seed: 1, onEpoch: (loss) => write(cell(loss.toFixed(4))) });
    const right = accuracy(model, unseen);
    const seconds = (performance.now() - start) / 1000;
    write(`${cell(`${(right * 100).toFixed(2)} %`)}${cell(`${seconds.toFixed(1)} s`)}\n`);
    const made = await outputs(on, logits(common ?? model, unseen), unseen.labels);
    return { name, model, outputs: made, accuracy: right };
  } finally {
    await backend.close();
  }
}
