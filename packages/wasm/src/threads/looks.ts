/**
 * How often a word is looked at before its thread sleeps: 4.7 ns each, so 19 µs, which is what
 * waking a thread takes (14 to 20 µs). Where one core was another process's, a row of 2²⁰ values
 * took 620 µs on two threads, with 20 000 looks 770.
 */
export const LOOKS = 4000;
/** A worker without a job looks longer, as call may follow call: 95 µs. */
export const IDLE_LOOKS = 20_000;

/** Looks at a word again and again; true once it is no longer `value`. */
export function changesWithin(looks: number, words: Int32Array, index: number, value: number): boolean {
  for (let look = 0; look < looks; look++) if (Atomics.load(words, index) !== value) return true;
  return false;
}
