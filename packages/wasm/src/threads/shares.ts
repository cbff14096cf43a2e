import {
  ARGUMENT_VALUES,
  BASE,
  IN_LAST,
  JOB_CALLS,
  JOB_HEAD,
  JOB_PER,
  JOB_SHARES,
  JOB_TILES,
  LINE,
  PER_MATRIX,
  PER_THREAD,
  PER_TILE,
} from './protocol.ts';

type Call = (...args: number[]) => unknown;

/** The first tile of a share. */
export function startOfShare(tiles: number, shares: number, share: number): number {
  return Math.floor((tiles * share) / shares);
}

/**
 * Claims and solves tiles until none is left: those of the thread's own share, then of the others'.
 */
export function solveShares(
  job: Float64Array,
  next: Int32Array,
  thread: number,
  solve: (tile: number) => void,
): void {
  const [tiles, shares] = [valueAt(job, JOB_TILES), valueAt(job, JOB_SHARES)];
  for (let k = 0; k < shares; k++) {
    const share = (thread + k) % shares;
    const end = startOfShare(tiles, shares, share + 1);
    const claim = (): number => Atomics.add(next, share * LINE, 1);
    for (let tile = claim(); tile < end; tile = claim()) solve(tile);
  }
}

/** Makes the calls of a job for one tile, in the memory of a thread. */
export function solveTile(calls: readonly Call[], job: Float64Array, tile: number, thread: number): void {
  const per = valueAt(job, JOB_PER);
  const column = tile % per;
  const matrix = (tile - column) / per;
  const isLast = column + 1 === per;
  let position = JOB_HEAD;
  for (let left = valueAt(job, JOB_CALLS); left > 0; left--) {
    const call = calls[valueAt(job, position)] as Call;
    const args = new Array<number>(valueAt(job, position + 1));
    position += 2;
    for (let k = 0; k < args.length; k++, position += ARGUMENT_VALUES) {
      const grown = column * valueAt(job, position + PER_TILE) + matrix * valueAt(job, position + PER_MATRIX);
      const ofThread = thread * valueAt(job, position + PER_THREAD);
      const ofLast = isLast ? valueAt(job, position + IN_LAST) : -0;
      args[k] = valueAt(job, position + BASE) + grown + ofThread + ofLast;
    }
    call(...args);
  }
}

const valueAt = (values: Float64Array, index: number): number => values[index] as number;
