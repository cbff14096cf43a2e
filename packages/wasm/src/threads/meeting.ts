import { SoftmaxError } from '@softmax/core';
import type { Waiting } from './waiting.ts';

/** Words on cache lines of their own: how many have come, how often they have met, whether one failed. */
const [COME, MET, FAILED, SIZE] = [0, 16, 32, 48];

/** Where the threads that solve one row together wait for each other; the workers' side is in source.ts. */
export class Meeting {
  readonly words: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(SIZE * 4));
  readonly #waiting: Waiting;
  #members = 1;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Begins anew, for so many. */
  of(members: number): void {
    this.#members = members;
    Atomics.store(this.words, COME, 0);
    Atomics.store(this.words, FAILED, 0);
  }

  /** Returns once all have come; throws where one has failed. */
  readonly barrier = (): void => {
    const { words } = this;
    const met = Atomics.load(words, MET);
    this.#check(true);
    if (Atomics.add(words, COME, 1) + 1 === this.#members) {
      Atomics.store(words, COME, 0);
      this.#move();
      this.#check(true);
    } else this.#check(this.#waiting.whileIs(words, MET, met));
  };

  /** Sends home who waits or will. */
  fail(): void {
    Atomics.store(this.words, FAILED, 1);
    this.#move();
  }

  #move(): void {
    Atomics.add(this.words, MET, 1);
    Atomics.notify(this.words, MET);
  }

  #check(came: boolean): void {
    if (!came || Atomics.load(this.words, FAILED) !== 0)
      throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', 'one that did not come', 'all of a team');
  }
}
