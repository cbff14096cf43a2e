import { changesWithin, LOOKS } from './looks.ts';

/** Milliseconds after which what is waited for is given up. */
const PATIENCE = 60_000;

/**
 * Waits for other threads; the main thread of a page may not sleep, so that it looks again and
 * again.
 */
export class Waiting {
  readonly #sleeps: boolean;
  readonly #patience: number;

  constructor(patience: number = PATIENCE) {
    this.#sleeps = canSleep();
    this.#patience = patience;
  }

  /** Until the word is no longer so; false where patience ended. */
  readonly whileIs = (words: Int32Array, index: number, value: number): boolean => {
    if (changesWithin(LOOKS, words, index, value)) return true;
    const last = performance.now() + this.#patience;
    while (Atomics.load(words, index) === value) {
      const left = last - performance.now();
      if (left <= 0) return false;
      if (this.#sleeps) Atomics.wait(words, index, value, left);
    }
    return true;
  };
}

function canSleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}
