import type { Argument } from '../tiles.ts';
import { JOB_CALLS, JOB_HEAD, JOB_VALUES, LINE } from './protocol.ts';
import { solveShares, startOfShare } from './shares.ts';

/** One call of an export, by its index. */
export interface Step {
  readonly index: number;
  readonly args: readonly Argument[];
}

/**
 * The values of an argument, in the order of BASE to IN_LAST. A constant grows by −0, as −0 + −0 is
 * −0.
 */
function valuesOf(arg: Argument): readonly number[] {
  if (typeof arg === 'number') return [arg, -0, -0, -0, -0];
  return [arg.base, arg.perTile, arg.perMatrix, arg.perThread, arg.inLast];
}

/**
 * What all threads solve: the calls that make a tile, as data for every tile. Each thread has a
 * share of the tiles, which it claims one by one, and then claims what is left of the others'
 * shares: who waits for a core keeps the others waiting for one tile.
 */
export class Job {
  readonly values: Float64Array<SharedArrayBuffer> = new Float64Array(new SharedArrayBuffer(8 * JOB_VALUES));
  /** Of each share the next tile. */
  readonly next: Int32Array<SharedArrayBuffer>;

  constructor(size: number) {
    this.next = new Int32Array(new SharedArrayBuffer(4 * LINE * size));
  }

  /** The first `count` tiles in this many shares, each tile solved by the steps. */
  divide(count: number, shares: number, per: number, steps: readonly Step[]): void {
    this.#write([count, shares, per], steps);
    for (let k = 0; k < shares; k++) Atomics.store(this.next, k * LINE, startOfShare(count, shares, k));
  }

  /** One tile for a team, whose states are in the workspace `states`. */
  share(tile: number, states: number, per: number, steps: readonly Step[]): void {
    this.#write([tile, 0, per, states], steps);
  }

  #write(head: readonly number[], steps: readonly Step[]): void {
    this.values.set(head);
    this.values[JOB_CALLS] = steps.length;
    this.values.set(
      steps.flatMap(({ index, args }) => [index, args.length, ...args.flatMap(valuesOf)]),
      JOB_HEAD,
    );
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
