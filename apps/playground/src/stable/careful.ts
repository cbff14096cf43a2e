import { crossEntropy, logSoftmax, softmax } from '@softmax/core';
import { numbers } from '../state/numbers.ts';
import type { Precision } from './naive.ts';

/** Logits as they are stored in this precision. */
const held = (x: readonly number[], precision: Precision): Float32Array | Float64Array =>
  precision === 'float32' ? Float32Array.from(x) : Float64Array.from(x);

/** Ours, from the same rounded logits and rounded to the same precision. */
export const carefulSoftmax = (x: readonly number[], precision: Precision) => ({
  p: numbers(softmax(held(x, precision))),
  logP: numbers(logSoftmax(held(x, precision))),
});

export const carefulLoss = (x: readonly number[], target: number, precision: Precision): number =>
  numbers(crossEntropy(held(x, precision), [target]))[0] ?? Number.NaN;
