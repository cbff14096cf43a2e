import { SoftmaxError } from '@softmax/core';
import type { Exports } from '../exports.ts';
import { type End, type Start, startWorker } from './start.ts';

/** States of a slot. A worker claims what is posted; what it has not claimed yet, the caller may take back. */
const [IDLE, POSTED, CLAIMED, FAILED] = [0, 1, 2, 4];
/** Each slot's state has a cache line of its own: 16 int32 values; its job 32 float64 values. */
const [STATE, JOB] = [16, 32];
/** Fewer values than these are solved sooner than a worker is woken. */
const SPLIT = 131072;
/** Milliseconds after which a worker is given up that has claimed its share and does not end. */
const PATIENCE = 60_000;

type Call = (...args: number[]) => unknown;

/** Workers on one memory with the caller, who posts them rows, solves rows itself and waits; all of it synchronous. */
export class Pool {
  /** The exports, which go to the worker that is being posted to, if any. */
  readonly exports: Exports;
  /** All threads, the caller's among them. */
  readonly size: number;
  /** The bytes from one thread's workspace to the next one's. */
  stride = 0;
  readonly #calls: readonly Call[];
  readonly #state: Int32Array<SharedArrayBuffer>;
  readonly #jobs: Float64Array<SharedArrayBuffer>;
  readonly #waits: boolean;
  readonly #ends: End[] = [];
  #to = 0;

  private constructor(exports: Exports, names: readonly string[], control: SharedArrayBuffer, size: number) {
    this.size = size;
    this.#state = new Int32Array(control, 0, size * STATE);
    this.#jobs = new Float64Array(control, size * STATE * 4);
    this.#waits = canWait(this.#state);
    this.#calls = names.map((name) => exports[name as keyof Exports] as Call);
    const routed = names.map((name, index): [string, Call] => [name, (...args) => this.#route(index, args)]);
    this.exports = { ...exports, ...Object.fromEntries(routed) };
  }

  /** Starts size − 1 workers; where one fails, none stays. */
  static async start(
    exports: Exports,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    size: number,
  ): Promise<Pool> {
    const names = Object.keys(exports).filter((name) => typeof exports[name as keyof Exports] === 'function');
    const control = new SharedArrayBuffer(size * (STATE * 4 + JOB * 8));
    const pool = new Pool(exports, names, control, size);
    const starts = Array.from({ length: size - 1 }, (_, k): Start => {
      const values = size * STATE * 4 + (k + 1) * JOB * 8;
      return { module, memory, names, control, slot: (k + 1) * STATE, values };
    });
    const started = await Promise.allSettled(starts.map(startWorker));
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

  /** Solves rows of n values: `solve` is called for each thread's share, and makes one call of `exports`. */
  over(rows: number, n: number, solve: (first: number, rows: number) => void): void {
    const shares = this.#ends.length === 0 || rows * n < SPLIT ? 1 : Math.min(rows, this.size);
    const start = (k: number): number => Math.floor((rows * k) / shares);
    try {
      for (let k = 1; k < shares; k++) {
        this.#to = k;
        solve(start(k), start(k + 1) - start(k));
      }
      this.#to = 0;
      solve(0, start(1));
    } finally {
      this.#to = 0;
      this.#join(shares);
    }
  }

  #route(index: number, args: number[]): unknown {
    const to = this.#to;
    if (to === 0) return this.#call(index, args);
    const [w = 0, ...rest] = args;
    this.#jobs.set([index, args.length, w + to * this.stride, ...rest], to * JOB);
    Atomics.store(this.#state, to * STATE, POSTED);
    Atomics.notify(this.#state, to * STATE);
    return undefined;
  }

  #call(index: number, args: Iterable<number>): unknown {
    return this.#calls[index]?.(...args);
  }

  /** Waits for every share, whatever became of the others: no worker writes once this has returned. */
  #join(shares: number): void {
    let failed = false;
    for (let k = 1; k < shares; k++) {
      const slot = k * STATE;
      if (Atomics.compareExchange(this.#state, slot, POSTED, IDLE) === POSTED) {
        const [index = 0, count = 0, ...args] = this.#jobs.subarray(k * JOB, (k + 1) * JOB);
        failed = !this.#try(index, args.slice(0, count)) || failed;
      } else if (this.#await(slot) === FAILED) failed = true;
      Atomics.store(this.#state, slot, IDLE);
    }
    if (failed)
      throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', 'a share that failed', 'buffers in memory');
  }

  #try(index: number, args: number[]): boolean {
    try {
      this.#call(index, args);
      return true;
    } catch {
      return false;
    }
  }

  #await(slot: number): number {
    const last = performance.now() + PATIENCE;
    while (Atomics.load(this.#state, slot) === CLAIMED) {
      if (this.#waits) Atomics.wait(this.#state, slot, CLAIMED, 1000);
      if (performance.now() <= last) continue;
      this.end();
      throw new SoftmaxError('BACKEND_FAILED', 'wasm thread', `${PATIENCE} ms without a result`, 'less');
    }
    return Atomics.load(this.#state, slot);
  }
}

/** The main thread of a page may not sleep: it looks again and again. */
function canWait(state: Int32Array<SharedArrayBuffer>): boolean {
  try {
    Atomics.wait(state, 0, 1, 0);
    return true;
  } catch {
    return false;
  }
}
