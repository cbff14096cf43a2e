import type { OfTile } from '../tiles.ts';
import { JOB_CALLS, JOB_HEAD, JOB_VALUES, LINE } from './protocol.ts';
import { solveShares, startOfShare } from './shares.ts';

/** What is added to a number that stays as it is: −0 + −0 is −0. */
const NONE = -0;

/**
 * What all threads solve: the calls that make a tile, from which a worker finds those of any other. Each thread has a
 * share of the tiles, which it claims one by one, and then claims what is left of the others' shares: who waits for a
 * core keeps the others waiting for one tile.
 */
export class Job {
  readonly values: Float64Array<SharedArrayBuffer> = new Float64Array(new SharedArrayBuffer(8 * JOB_VALUES));
  /** Of each share the next tile. */
  readonly next: Int32Array<SharedArrayBuffer>;

  constructor(size: number) {
    this.next = new Int32Array(new SharedArrayBuffer(4 * LINE * size));
  }

  /** The first `count` tiles in so many shares; `calls`: of each call the export, how many arguments, and these. */
  divide(count: number, shares: number, per: number, calls: OfTile<readonly number[]>): void {
    this.#write(calls, per, [count, shares, per]);
    for (let k = 0; k < shares; k++) Atomics.store(this.next, k * LINE, startOfShare(count, shares, k));
  }

  /** One tile for a team, whose states are in the workspace `states`. */
  share(tile: number, states: number, per: number, calls: OfTile<readonly number[]>): void {
    this.#write(calls, per, [tile, 0, per, states]);
  }

  #write(calls: OfTile<readonly number[]>, per: number, head: readonly number[]): void {
    const base = calls(0, 0, 0);
    const others = [calls(0, 1, 0), calls(1, 0, 0), calls(0, 0, 1)];
    const last = calls(0, per - 1, 0);
    const text: number[] = [];
    let steps = 0;
    for (let at = 0; at < base.length; steps++) {
      const [index = 0, count = 0] = base.slice(at, at + 2);
      text.push(index, count);
      at += 2;
      for (const end = at + count; at < end; at++) {
        const value = base[at] as number;
        text.push(value);
        for (const other of others) {
          const next = other[at] as number;
          text.push(Object.is(next, value) ? NONE : next - value);
        }
        text.push(last[at] as number);
      }
    }
    this.values.set(head);
    this.values[JOB_CALLS] = steps;
    this.values.set(text, JOB_HEAD);
  }

  /** Solves tiles as thread 0 until none is left. */
  solve(run: (tile: number) => void): void {
    solveShares(this.values, this.next, 0, run);
  }

  /** Leaves none to be claimed. */
  stop(): void {
    for (let at = 0; at < this.next.length; at += LINE) Atomics.store(this.next, at, 2 ** 30);
  }
}
