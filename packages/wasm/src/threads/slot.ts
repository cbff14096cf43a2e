import { SoftmaxError } from '@softmax/core';
import { LINE } from './job.ts';
import type { Waiting } from './waiting.ts';

/** States of a slot. A worker claims what is posted; what it has not claimed yet, the caller may take back. */
const [IDLE, POSTED, CLAIMED, FAILED, GO] = [0, 1, 2, 4, 5];

/** Where the caller and one worker tell each other that there is a job, and what became of it. */
export class Slot {
  /** Its state, and which member of how many of a team it is, on a cache line of its own. */
  readonly words: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(4 * LINE));
  readonly #waiting: Waiting;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  post(): void {
    this.#move(POSTED);
  }

  /** Whether no worker has come for it yet. */
  get isPosted(): boolean {
    return Atomics.load(this.words, 0) === POSTED;
  }

  takeBack(): boolean {
    return Atomics.compareExchange(this.words, 0, POSTED, IDLE) === POSTED;
  }

  /** Lets a worker begin who has come to be member k of so many. */
  go(k: number, members: number): void {
    this.words.set([k, members], 1);
    this.#move(GO);
  }

  #move(state: number): void {
    Atomics.store(this.words, 0, state);
    Atomics.notify(this.words, 0);
  }

  /** Whether the worker has ended, within patience. Throws where it failed. */
  isOver(): boolean {
    for (const busy of [CLAIMED, GO]) if (!this.#waiting.whileIs(this.words, 0, busy)) return false;
    if (Atomics.exchange(this.words, 0, IDLE) === FAILED)
      throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', 'a share that failed', 'buffers in memory');
    return true;
  }
}
