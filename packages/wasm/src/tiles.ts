/** Tile i of matrix o, for thread k. */
export type OfTile<T> = (o: number, i: number, k: number) => T;

/** A problem in tiles. */
export interface Tiles {
  readonly matrices: number;
  /** The number of tiles of each matrix. */
  readonly per: number;
  /** The number of threads with scratch memory for them. */
  readonly threads: number;
  /**
   * Solves a tile by calls of exports, in the memory of thread k. From one tile to the next the
   * arguments grow linearly with o, i and k, except for the last tile of a matrix, which may be
   * narrower.
   */
  readonly tile: OfTile<void>;
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
 * Solves all of them; those that the threads do not divide evenly together, where there are
 * `states` for that.
 */
export function eachTile(pool: Threads | undefined, tiles: Tiles, states = 0): void {
  const { matrices, per, threads, tile } = tiles;
  if (pool && threads > 1) pool.over(tiles, states);
  else for (let o = 0; o < matrices; o++) for (let i = 0; i < per; i++) tile(o, i, 0);
}
