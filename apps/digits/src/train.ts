import { type AnySoftmax, lossAndGradient } from './backend-softmax.ts';
import { type Digits, take } from './digits.ts';
import { blank, descend, logits, type Model } from './model.ts';
import { random, shuffled } from './random.ts';

export const EPOCHS = 6;
const BATCH = 50;
const RATE = 0.4;

export interface Lesson {
  readonly seed: number;
  /** Default: 6. */
  readonly epochs?: number;
  /** Hears the mean loss of each epoch. */
  readonly onEpoch?: (loss: number) => void;
  /** Hears the mean loss of each batch, and of how many digits it is. */
  readonly onBatch?: (loss: number, digits: number) => void;
}

/** Softmax regression by gradient descent in mini-batches; losses and gradients are the backend's. */
export async function train(
  on: AnySoftmax,
  digits: Digits,
  { seed, epochs = EPOCHS, onEpoch, onBatch }: Lesson,
): Promise<Model> {
  const model = blank();
  const next = random(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = shuffled(digits.labels.length, next);
    let sum = 0;
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = take(digits, order.slice(start, start + BATCH));
      const { loss, gradient } = await lossAndGradient(on, logits(model, batch), batch.labels);
      descend(model, batch, gradient, RATE / (1 + epoch / 2));
      onBatch?.(loss, batch.labels.length);
      sum += loss * batch.labels.length;
    }
    onEpoch?.(sum / order.length);
  }
  return model;
}
