import { SoftmaxError } from '@softmax/core';
import type { Exports } from '../exports.ts';
import type { Meeting } from './meeting.ts';
import { Slot, slotBytes } from './slot.ts';
import { type End, startWorker } from './start.ts';
import type { Waiting } from './waiting.ts';

/**
 * Fewer values than these are solved by the caller. Softmax on two threads against one, on two cores which other work
 * had too, the best of 31 turns: 32 rows of 2048 values 1.6 times as fast where call follows call, of 4096 1.8 times; one
 * row of 2¹⁸ values 1.7 times, but where 5 ms lie between calls, so that the worker has to be woken, 1.0, of 2¹⁹ 1.5.
 */
const [SPLIT, ROW] = [2 ** 17, 2 ** 18];
/** Milliseconds in which a worker comes that does not sleep; one that does is waited for as long, and then not. */
const GRACE = 0.03;

type Call = (...args: number[]) => unknown;
type Solve = (first: number, rows: number) => void;

/** What workers start from: the module, and the memory that they share with the caller. */
export interface Shared {
  readonly exports: Exports;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly meeting: Meeting;
  readonly waiting: Waiting;
}

/** Workers on one memory with the caller, who posts them rows, solves rows itself and waits; all of it synchronous. */
export class Pool {
  /** The exports, which go to the worker that is being posted to, if any. */
  readonly exports: Exports;
  /** All threads, the caller's among them. */
  readonly size: number;
  /** The bytes from one thread's workspace to the next one's. */
  stride = 0;
  /** Whether a worker was given up, which may still write. */
  lost = false;
  readonly #calls: readonly Call[];
  readonly #slots: readonly Slot[];
  readonly #team: Exports['team'];
  readonly #meeting: Meeting;
  readonly #ends: End[] = [];
  #to = 0;

  private constructor({ exports, meeting }: Shared, names: readonly string[], slots: readonly Slot[]) {
    this.size = slots.length + 1;
    this.#slots = slots;
    this.#meeting = meeting;
    this.#team = exports.team;
    this.#calls = names.map((name) => exports[name as keyof Exports] as Call);
    const routed = names.map((name, index): [string, Call] => [name, (...args) => this.#route(index, args)]);
    this.exports = { ...exports, ...Object.fromEntries(routed) };
  }

  /** Starts size − 1 workers; where one fails, none stays. */
  static async start(shared: Shared, size: number): Promise<Pool> {
    const { exports, module, memory, meeting, waiting } = shared;
    const names = Object.keys(exports).filter((name) => typeof exports[name as keyof Exports] === 'function');
    const control = new SharedArrayBuffer(slotBytes(size));
    const slots = Array.from({ length: size - 1 }, (_, k) => new Slot(control, k + 1, size, waiting));
    const pool = new Pool(shared, names, slots);
    const started = await Promise.allSettled(
      slots.map(({ place, values }) =>
        startWorker({ module, memory, names, control, meeting: meeting.words, slot: place, values }),
      ),
    );
    for (const one of started) if (one.status === 'fulfilled') pool.#ends.push(one.value);
    const failed = started.find((one) => one.status === 'rejected');
    if (failed) {
      pool.end();
      throw failed.reason;
    }
    return pool;
  }

  /** Ends the workers. What is solved later is solved by the caller alone. */
  end(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  /**
   * Solves rows of n values: `solve` is called for each thread's share, and makes one call of `exports`. Where it can
   * solve one row `together`, long rows that the threads do not divide evenly are solved by all of them.
   */
  over(rows: number, n: number, solve: Solve, together = false): void {
    if (this.#ends.length === 0 || rows * n < SPLIT) {
      solve(0, rows);
      return;
    }
    const whole = together && n >= ROW ? rows - (rows % this.size) : rows;
    if (whole > 0) this.#divide(whole, solve);
    for (let row = whole; row < rows; row++) this.#gather(() => solve(row, 1));
  }

  /** Whole rows to each thread. */
  #divide(rows: number, solve: Solve): void {
    const shares = Math.min(rows, this.size);
    const start = (k: number): number => Math.floor((rows * k) / shares);
    const given = this.#slots.slice(0, shares - 1);
    for (const [k, slot] of given.entries()) {
      this.#set(k + 1, () => solve(start(k + 1), start(k + 2) - start(k + 1)));
      slot.post(true);
    }
    this.#finish(given, () => solve(0, start(1)));
  }

  /** One row to the caller and to those workers who come at once: how many they are changes no bit. */
  #gather(solve: () => void): void {
    for (const [k, slot] of this.#slots.entries()) {
      this.#set(k + 1, solve);
      slot.post(false);
    }
    const last = performance.now() + GRACE;
    while (this.#slots.some((slot) => slot.isPosted) && performance.now() < last);
    const came = this.#slots.filter((slot) => !slot.takeBack());
    this.#meeting.of(came.length + 1);
    for (const [k, slot] of came.entries()) slot.go(k + 1, came.length + 1);
    this.#team(0, came.length + 1, 0);
    try {
      this.#finish(came, solve);
    } finally {
      this.#team(0, 1, 0);
    }
  }

  /** Sets what `solve` calls as the job of worker k. */
  #set(k: number, solve: () => void): void {
    this.#to = k;
    try {
      solve();
    } finally {
      this.#to = 0;
    }
  }

  #route(index: number, args: readonly number[]): unknown {
    const slot = this.#slots[this.#to - 1];
    if (!slot) return this.#calls[index]?.(...args);
    const [w = 0, ...rest] = args;
    slot.set(index, [w + this.#to * this.stride, ...rest], w);
    return undefined;
  }

  /** The caller's own share, and then the others', whatever became of any: no worker writes once this has ended. */
  #finish(given: readonly Slot[], solve: () => void): void {
    const failures: unknown[] = [];
    try {
      solve();
    } catch (error) {
      failures.push(error);
      this.#meeting.fail();
    }
    for (const slot of given)
      try {
        this.#join(slot);
      } catch (error) {
        failures.push(error);
      }
    if (this.lost) this.end();
    else if (failures.length === 0) return;
    const [what, allowed] = this.lost
      ? ['a share without an end', 'a backend made anew']
      : ['a share that failed', 'buffers in memory'];
    throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', what, allowed, failures[0]);
  }

  /** Waits for a share, or solves it where no worker has begun. */
  #join(slot: Slot): void {
    if (slot.takeBack()) this.#calls[slot.index]?.(...slot.args);
    else if (!slot.isOver()) this.lost = true;
  }
}
