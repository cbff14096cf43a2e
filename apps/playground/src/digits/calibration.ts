import {
  type CalibrationError,
  crossEntropy,
  expectedCalibrationError,
  fitTemperature,
  softmax,
} from '@softmax/core';
import { CLASSES, type Digits, PIXELS } from 'digits';
import { numbers } from '../state/numbers.ts';
import type { Learnt } from './lesson-messages.ts';

const BINS = 10;

export interface Calibration {
  readonly temperature: number;
  /** At temperature 1 and at the one that was fitted, on digits that the fit did not see. */
  readonly before: CalibrationError;
  readonly after: CalibrationError;
  readonly lossBefore: number;
  readonly lossAfter: number;
  /** The share that is read right, which no temperature changes. */
  readonly accuracy: number;
  readonly tried: Digits;
  /** [digits, classes] */
  readonly p: readonly number[];
  readonly cooled: readonly number[];
  readonly read: readonly number[];
}

/** A temperature from one half of the unseen digits, tried on the other. */
export function calibrationOf({ unseen, logits }: Learnt): Calibration {
  const half = unseen.labels.length / 2;
  const fitted = { data: logits.subarray(0, half * CLASSES), shape: [half, CLASSES] };
  const x = { data: logits.subarray(half * CLASSES), shape: [half, CLASSES] };
  const labels = unseen.labels.subarray(half);
  const { temperature } = fitTemperature(fitted, unseen.labels.subarray(0, half));
  const of = (t: number) => expectedCalibrationError(x, labels, { logits: true, bins: BINS, temperature: t });
  const cold = { data: x.data.map((each) => each / temperature), shape: x.shape };
  const p = numbers(softmax(x));
  const read = Array.from(labels, (_, row) => {
    const own = p.slice(row * CLASSES, (row + 1) * CLASSES);
    return own.indexOf(Math.max(...own));
  });
  return {
    temperature,
    before: of(1),
    after: of(temperature),
    lossBefore: numbers(crossEntropy(x, labels))[0] ?? Number.NaN,
    lossAfter: numbers(crossEntropy(cold, labels))[0] ?? Number.NaN,
    accuracy: read.filter((label, row) => label === labels[row]).length / half,
    tried: { labels, pixels: unseen.pixels.subarray(half * PIXELS) },
    p,
    cooled: numbers(softmax(x, { temperature })),
    read,
  };
}
