type Words = Int32Array<SharedArrayBuffer>;

/**
 * How often a word is looked at before its thread sleeps: 4.7 ns each, so 19 µs, which is what waking a thread takes (14
 * to 20 µs). Where one core was another process's, a row of 2²⁰ values took 620 µs on two threads, with 20 000 looks 770.
 */
export const LOOKS = 4000;
/** A worker without a job looks longer, as call may follow call: 95 µs. */
export const IDLE_LOOKS = 20_000;
/** Milliseconds after which what is waited for is given up. */
const PATIENCE = 60_000;

/** Waits for other threads; the main thread of a page may not sleep, so that it looks again and again. */
export class Waiting {
  readonly #sleeps: boolean;
  readonly #patience: number;

  constructor(patience: number = PATIENCE) {
    this.#sleeps = canSleep();
    this.#patience = patience;
  }

  /** Until the word is no longer so; false where patience ended. */
  whileIs(words: Words, at: number, value: number): boolean {
    for (let look = 0; look < LOOKS; look++) if (Atomics.load(words, at) !== value) return true;
    const last = performance.now() + this.#patience;
    while (Atomics.load(words, at) === value) {
      const left = last - performance.now();
      if (left <= 0) return false;
      if (this.#sleeps) Atomics.wait(words, at, value, left);
    }
    return true;
  }
}

function canSleep(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}
