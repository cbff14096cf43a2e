import { SoftmaxError } from '@softmax/core';
import { CLAIMED, FAILED, IDLE, LINE, POSTED, SLOT_MEMBER, SLOT_STATE, STARTED } from './protocol.ts';
import type { Waiting } from './waiting.ts';

/** Where the caller and one worker agree on a job (see protocol.ts); the caller's side. */
export class Slot {
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
    return Atomics.load(this.words, SLOT_STATE) === POSTED;
  }

  takeBack(): boolean {
    return Atomics.compareExchange(this.words, SLOT_STATE, POSTED, IDLE) === POSTED;
  }

  /** Starts the worker that claimed the job, as member k of `members`. */
  go(k: number, members: number): void {
    this.words.set([k, members], SLOT_MEMBER);
    this.#move(STARTED);
  }

  #move(state: number): void {
    Atomics.store(this.words, SLOT_STATE, state);
    Atomics.notify(this.words, SLOT_STATE);
  }

  /** Whether the worker has ended, within patience. Throws where it failed. */
  isOver(): boolean {
    for (const busy of [CLAIMED, STARTED])
      if (!this.#waiting.whileIs(this.words, SLOT_STATE, busy)) return false;
    if (Atomics.exchange(this.words, SLOT_STATE, IDLE) === FAILED)
      throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', 'a share that failed', 'buffers in memory');
    return true;
  }
}
