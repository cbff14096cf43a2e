import { SoftmaxError } from '@softmax/core';
import type { Exports } from '../exports.ts';
import type { Argument, Calls, Tiles } from '../tiles.ts';
import { Job, type Step } from './job.ts';
import type { Meeting } from './meeting.ts';
import { solveTile } from './shares.ts';
import { Slot } from './slot.ts';
import { type End, startWorker } from './start.ts';
import type { Waiting } from './waiting.ts';

/**
 * Milliseconds in which a worker comes that does not sleep; one that does is waited for as long,
 * and then not.
 */
const GRACE = 0.03;

type Call = (...args: number[]) => unknown;

/** What workers start from: the module, and the memory that they share with the caller. */
export interface Shared {
  readonly exports: Exports;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly meeting: Meeting;
  readonly waiting: Waiting;
}

/**
 * Workers on one memory with the caller, who posts them jobs, solves tiles itself and waits; all of
 * it synchronous.
 */
export class Pool {
  /** All threads, the caller's among them. */
  readonly size: number;
  /** Whether a worker was given up, which may still write. */
  lost = false;
  readonly #slots: readonly Slot[];
  readonly #job: Job;
  readonly #team: Exports['team'];
  readonly #meeting: Meeting;
  readonly #ends: End[] = [];
  readonly #calls: readonly Call[];
  /** States calls: each becomes a step. */
  readonly #stated: Calls;
  #steps: Step[] = [];

  private constructor({ exports, meeting }: Shared, names: readonly string[], slots: readonly Slot[]) {
    this.size = slots.length + 1;
    this.#slots = slots;
    this.#job = new Job(this.size);
    this.#meeting = meeting;
    this.#team = exports.team;
    this.#calls = names.map((name) => exports[name as keyof Exports] as Call);
    const stated = names.map((name, index) => [
      name,
      (...args: Argument[]) => void this.#steps.push({ index, args }),
    ]);
    this.#stated = Object.fromEntries(stated) as Calls;
  }

  /** Starts size − 1 workers; where one fails, none stays. */
  static async start(shared: Shared, size: number): Promise<Pool> {
    const { exports, module, memory, meeting, waiting } = shared;
    const names = Object.keys(exports).filter((name) => typeof exports[name as keyof Exports] === 'function');
    const slots = Array.from({ length: size - 1 }, () => new Slot(waiting));
    const pool = new Pool(shared, names, slots);
    const { values: job, next } = pool.#job;
    const of = { module, memory, names, job, next, meeting: meeting.words };
    const started = await Promise.allSettled(
      slots.map(({ words }, k) => startWorker({ ...of, slot: words, thread: k + 1 })),
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

  /** Solves all tiles (see `eachTile`). */
  over(tiles: Tiles, states: number): void {
    const count = tiles.matrices * tiles.per;
    const whole = states === 0 ? count : count - (count % this.size);
    if (whole > 0) this.#divide(tiles, whole);
    for (let tile = whole; tile < count; tile++) this.#gather(tiles, tile, states);
  }

  /** Tile by tile to who claims it. */
  #divide(tiles: Tiles, count: number): void {
    const shares = Math.min(tiles.threads, count);
    this.#job.divide(count, shares, tiles.per, this.#stepsOf(tiles));
    const posted = this.#slots.slice(0, shares - 1);
    for (const slot of posted) slot.post();
    this.#finish(posted, () => this.#job.solve((tile) => this.#solve(tile)));
  }

  /**
   * One tile to the caller and to those workers who come at once: how many they are changes no bit.
   */
  #gather(tiles: Tiles, tile: number, states: number): void {
    this.#job.share(tile, states, tiles.per, this.#stepsOf(tiles));
    for (const slot of this.#slots) slot.post();
    const last = performance.now() + GRACE;
    while (this.#slots.some((slot) => slot.isPosted) && performance.now() < last);
    const came = this.#slots.filter((slot) => !slot.takeBack());
    this.#meeting.of(came.length + 1);
    for (const [k, slot] of came.entries()) slot.go(k + 1, came.length + 1);
    this.#team(0, came.length + 1, 0);
    try {
      this.#finish(came, () => this.#solve(tile));
    } finally {
      this.#team(0, 1, 0);
    }
  }

  /** The calls that solve a tile, as data. */
  #stepsOf({ solve }: Tiles): readonly Step[] {
    this.#steps = [];
    solve(this.#stated, (value) => value);
    return this.#steps;
  }

  #solve(tile: number): void {
    solveTile(this.#calls, this.#job.values, tile, 0);
  }

  /**
   * The caller's part, and then the others', whatever became of any: no worker writes once this has
   * ended.
   */
  #finish(given: readonly Slot[], solve: () => void): void {
    const failures: unknown[] = [];
    try {
      solve();
    } catch (error) {
      failures.push(error);
      this.#job.stop();
      this.#meeting.fail();
    }
    for (const slot of given)
      try {
        // Nothing is left for a worker that has not come.
        if (!slot.takeBack() && !slot.isOver()) this.lost = true;
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
}
