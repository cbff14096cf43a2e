import { CLASSES, type Digits, PIXELS } from './digits.ts';

/** logits = pixels · weights + bias */
export interface Model {
  /** `[PIXELS, CLASSES]` */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export const blank = (): Model => ({
  weights: new Float32Array(PIXELS * CLASSES),
  bias: new Float32Array(CLASSES),
});

/** `[rows, CLASSES]`. Four pixels in five are white, and skipping them makes it four times as fast. */
export function logits({ weights, bias }: Model, { pixels, labels }: Digits): Float32Array {
  const out = new Float32Array(labels.length * CLASSES);
  const sums = new Float64Array(CLASSES);
  for (let row = 0; row < labels.length; row++) {
    sums.set(bias);
    for (let p = 0; p < PIXELS; p++) {
      const pixel = pixels[row * PIXELS + p] as number;
      if (pixel === 0) continue;
      for (let c = 0; c < CLASSES; c++)
        sums[c] = (sums[c] as number) + pixel * (weights[p * CLASSES + c] as number);
    }
    out.set(sums, row * CLASSES);
  }
  return out;
}

/** One step against the gradient: weights −= rate · pixelsᵀ · dx, bias −= rate · Σ dx. */
export function descend(
  { weights, bias }: Model,
  { pixels, labels }: Digits,
  dx: Float32Array,
  rate: number,
): void {
  const step = new Float64Array(weights.length);
  for (let row = 0; row < labels.length; row++)
    for (let p = 0; p < PIXELS; p++) {
      const pixel = pixels[row * PIXELS + p] as number;
      if (pixel === 0) continue;
      for (let c = 0; c < CLASSES; c++) {
        const at = p * CLASSES + c;
        step[at] = (step[at] as number) + pixel * (dx[row * CLASSES + c] as number);
      }
    }
  for (let k = 0; k < step.length; k++) weights[k] = (weights[k] as number) - rate * (step[k] as number);
  for (let k = 0; k < dx.length; k++)
    bias[k % CLASSES] = (bias[k % CLASSES] as number) - rate * (dx[k] as number);
}

/** The most likely class of each row. */
export function classesOf(scores: Float32Array): number[] {
  return Array.from({ length: scores.length / CLASSES }, (_, row) => {
    const own = scores.subarray(row * CLASSES, (row + 1) * CLASSES);
    return own.indexOf(Math.max(...own));
  });
}

/** The share of the digits that the model gets right. */
export function accuracy(model: Model, digits: Digits): number {
  const right = classesOf(logits(model, digits)).filter((label, row) => label === digits.labels[row]);
  return right.length / digits.labels.length;
}
