import type { Exports } from './exports.ts';

/** A number of each tile: base + tile · perTile + matrix · perMatrix + thread · perThread. */
export interface Strided {
  readonly base: number;
  readonly perTile: number;
  readonly perMatrix: number;
  readonly perThread: number;
  /** Added in the last tile of a matrix, which may be narrower. */
  readonly inLast: number;
}

/** An argument of a call: the number of one tile, or the numbers of every tile. */
export type Argument = number | Strided;

/** The exports, called for one tile with numbers, or stated for every tile. */
export type Calls = {
  readonly [Name in keyof Exports]: Exports[Name] extends (...args: infer Args extends number[]) => unknown
    ? (...args: { [K in keyof Args]: Argument }) => void
    : never;
};

/** Returns the number of the tile that is solved, or the value itself where calls are stated. */
export type At = (value: Strided) => Argument;

/** A problem in tiles. */
export interface Tiles {
  readonly matrices: number;
  /** The number of tiles of each matrix. */
  readonly per: number;
  /** The number of threads with scratch memory for them. */
  readonly threads: number;
  /** Makes the calls that solve one tile, or states the calls of every tile. */
  readonly solve: (call: Calls, at: At) => void;
}

/** Makes objects of one shape: V8 reads them twice as fast. */
export function strided(
  base: number,
  { perTile = 0, perMatrix = 0, perThread = 0, inLast = 0 }: Partial<Strided> = {},
): Strided {
  return { base, perTile, perMatrix, perThread, inLast };
}

export const ZERO: Strided = strided(0);

/** base + factor · value */
export function scaled(base: number, factor: number, value: Strided): Strided {
  return {
    base: base + factor * value.base,
    perTile: factor * value.perTile,
    perMatrix: factor * value.perMatrix,
    perThread: factor * value.perThread,
    inLast: factor * value.inLast,
  };
}

/** The widths of tiles that divide `length`. */
export function widthOfTile(width: number, per: number, length: number): Strided {
  return strided(width, { inLast: length - per * width });
}

/** Several threads (see Pool). */
interface Threads {
  readonly size: number;
  over(tiles: Tiles, states: number): void;
}

/**
 * Fewer values than these are solved by the caller. Softmax on two threads against one, on two
 * cores which other work had too, the best of 31 turns: 32 rows of 2048 values 1.6 times as fast
 * where call follows call, of 4096 1.8 times; one row of 2¹⁸ values 1.7 times, but where 5 ms lie
 * between calls, so that the worker has to be woken, 1.0, of 2¹⁹ 1.5.
 */
const SPLIT = 2 ** 17;
/**
 * Values that all threads together hold in scratch memory; where more are needed, fewer threads
 * take part.
 */
const HELD = 2 ** 23;
/** The least values of a tile, where nothing else tells: 8 µs of softmax. */
export const TILE = 16_384;
/** And the most tiles of a thread's share, as each costs a thread 1 µs. */
export const PARTS = 8;

/** The number of threads for a number of values, if each thread holds some of them. */
export function threadsFor(pool: Threads | undefined, values: number, held = 0): number {
  if (!pool || values < SPLIT) return 1;
  return Math.max(1, Math.min(pool.size, Math.floor(HELD / held)));
}

/**
 * Solves all tiles. Those that the threads do not divide evenly are solved by all threads together
 * where there are `states` for that.
 */
export function eachTile(
  { pool, calls }: { readonly pool: Threads | undefined; readonly calls: Calls },
  tiles: Tiles,
  states = 0,
): void {
  const { matrices, per, threads, solve } = tiles;
  if (pool && threads > 1) {
    pool.over(tiles, states);
    return;
  }
  let [matrix, tile] = [0, 0];
  const at = (value: Strided): number =>
    value.base + tile * value.perTile + matrix * value.perMatrix + (tile + 1 === per ? value.inLast : 0);
  for (; matrix < matrices; matrix++) for (tile = 0; tile < per; tile++) solve(calls, at);
}
