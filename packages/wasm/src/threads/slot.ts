import { SoftmaxError } from '@softmax/core';
import type { Waiting } from './waiting.ts';

/** States of a slot. A worker claims what is posted; what it has not claimed yet, the caller may take back. */
const [IDLE, POSTED, CLAIMED, FAILED, GO] = [0, 1, 2, 4, 5];
/** Its state has a cache line of its own: 16 int32 values; its job 32 float64 values, of which 5 come before the arguments. */
const [STATE, JOB, HEAD] = [16, 32, 5];

/** The bytes of so many slots. */
export const slotBytes = (size: number): number => size * (STATE * 4 + JOB * 8);

/** Where the caller and one worker tell each other what is to be done, and what became of it. */
export class Slot {
  /** Where its state is, in int32 values, and its job, in bytes. */
  readonly place: number;
  readonly values: number;
  readonly #state: Int32Array<SharedArrayBuffer>;
  readonly #job: Float64Array<SharedArrayBuffer>;
  readonly #waiting: Waiting;

  constructor(control: SharedArrayBuffer, k: number, size: number, waiting: Waiting) {
    this.place = k * STATE;
    this.values = size * STATE * 4 + k * JOB * 8;
    this.#state = new Int32Array(control);
    this.#job = new Float64Array(control, this.values, JOB);
    this.#waiting = waiting;
  }

  /** What to call and with which arguments, and whose states are those of the row. */
  set(index: number, args: readonly number[], states: number): void {
    this.#job.set([index, args.length, 0, 1, states, ...args]);
  }

  get index(): number {
    return this.#job[0] as number;
  }

  get args(): Iterable<number> {
    return this.#job.subarray(HEAD, HEAD + (this.#job[1] as number));
  }

  /** Posts what was set: to a thread that is alone with it, or to one of a team which is yet to be known. */
  post(alone: boolean): void {
    this.#job[3] = alone ? 1 : 0;
    this.#move(POSTED);
  }

  /** Whether no worker has come for it yet. */
  get isPosted(): boolean {
    return Atomics.load(this.#state, this.place) === POSTED;
  }

  takeBack(): boolean {
    return Atomics.compareExchange(this.#state, this.place, POSTED, IDLE) === POSTED;
  }

  /** Lets a worker begin who has come to be member k of so many. */
  go(k: number, members: number): void {
    this.#job.set([k, members], 2);
    this.#move(GO);
  }

  #move(state: number): void {
    Atomics.store(this.#state, this.place, state);
    Atomics.notify(this.#state, this.place);
  }

  /** Whether the worker has ended, within patience. Throws where it failed. */
  isOver(): boolean {
    for (const busy of [CLAIMED, GO]) if (!this.#waiting.whileIs(this.#state, this.place, busy)) return false;
    if (Atomics.exchange(this.#state, this.place, IDLE) === FAILED)
      throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', 'a share that failed', 'buffers in memory');
    return true;
  }
}
