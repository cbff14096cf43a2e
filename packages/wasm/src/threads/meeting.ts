import { SoftmaxError } from '@softmax/core';
import { abandon, meet } from './barrier.ts';
import { MEETING_ARRIVED, MEETING_FAILED, MEETING_WORDS } from './protocol.ts';
import type { Waiting } from './waiting.ts';

/** Where the threads that solve one row together wait for each other; the caller's side. */
export class Meeting {
  readonly words: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4 * MEETING_WORDS));
  readonly #waiting: Waiting;
  #members = 1;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** Begins anew, for a team of this size. */
  of(members: number): void {
    this.#members = members;
    Atomics.store(this.words, MEETING_ARRIVED, 0);
    Atomics.store(this.words, MEETING_FAILED, 0);
  }

  /** Returns once all have come; throws where one has failed. */
  readonly barrier = (): void => {
    if (!meet(this.words, this.#members, this.#waiting.whileIs))
      throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', 'one that did not come', 'all of a team');
  };

  /** Releases those who wait or will. */
  fail(): void {
    abandon(this.words);
  }
}
