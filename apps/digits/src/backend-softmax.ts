import { type Backend, createSoftmax, type Mode, type Softmax, type Tensor } from '@softmax/core';
import { CLASSES } from './digits.ts';

/** Operations whose results are awaited, whether the backend is synchronous or not. */
export type AnySoftmax = Softmax<unknown, Mode>;

export const softmaxOn = <B, M extends Mode>(backend: Backend<B, M>): AnySoftmax =>
  createSoftmax(backend as Backend<unknown, Mode>);

/** The values of a float32 tensor, whose buffer goes back to its backend. */
async function taken(x: Tensor): Promise<Float32Array> {
  using held = x;
  return Float32Array.from(await held.data());
}

/** What one backend makes of logits: all that the demo asks of it. */
export interface Outputs {
  readonly probabilities: Float32Array;
  /** One for each row. */
  readonly losses: Float32Array;
  /** Of the mean loss. */
  readonly gradient: Float32Array;
}

export async function outputs(on: AnySoftmax, data: Float32Array, labels: Uint8Array): Promise<Outputs> {
  const x = { data, shape: [labels.length, CLASSES] };
  return {
    probabilities: await taken(await on.softmax(x)),
    losses: await taken(await on.crossEntropy(x, labels, { reduction: 'none' })),
    gradient: (await lossAndGradient(on, data, labels)).gradient,
  };
}

export async function lossAndGradient(
  on: AnySoftmax,
  data: Float32Array,
  labels: Uint8Array,
): Promise<{ readonly loss: number; readonly gradient: Float32Array }> {
  using x = on.tensor({ data, shape: [labels.length, CLASSES] });
  const { loss, dx } = await on.crossEntropyGrad(x, labels);
  const [mean, gradient] = await Promise.all([taken(loss), taken(dx)]);
  return { loss: mean[0] ?? Number.NaN, gradient };
}
