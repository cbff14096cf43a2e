import type { Digits } from 'digits';

/** What the worker is asked for: to learn from so many digits, so many times over. */
export interface Course {
  readonly size: number;
  readonly epochs: number;
}

/** What was learnt, tried on digits that were not seen. */
export interface Learnt {
  readonly unseen: Digits;
  /** [digits, classes], float32. */
  readonly logits: Float32Array;
}

export type LessonNews =
  | { readonly kind: 'loss'; readonly epoch: number; readonly loss: number }
  | { readonly kind: 'learnt'; readonly learnt: Learnt }
  | { readonly kind: 'fault'; readonly message: string };
