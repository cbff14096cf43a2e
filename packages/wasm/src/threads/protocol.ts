/** Int32 words of a cache line. Words that threads wait for stand on lines of their own. */
export const LINE = 16;

/**
 * States of a slot, where the caller and one worker agree on a job. The caller posts it, and may
 * take it back until the worker claims it. A member of a team waits from CLAIMED to STARTED, until
 * the caller has written which member it is.
 */
export const IDLE = 0;
export const POSTED = 1;
export const CLAIMED = 2;
export const DONE = 3;
export const FAILED = 4;
export const STARTED = 5;

/** Words of a slot: its state; which member of a team the worker is, and of how many. */
export const SLOT_STATE = 0;
export const SLOT_MEMBER = 1;
export const SLOT_MEMBERS = 2;

/**
 * Words of a meeting: how many have arrived, how often a team has met, and 1 where a member has
 * failed.
 */
export const MEETING_ARRIVED = 0;
export const MEETING_ROUND = 16;
export const MEETING_FAILED = 32;
export const MEETING_WORDS = 48;

/** Float64 values of a job: how many tiles; for a team, which tile. */
export const JOB_TILES = 0;
/** How many shares the tiles are divided into; 0 for a team. */
export const JOB_SHARES = 1;
/** The tiles of a matrix. */
export const JOB_PER = 2;
/** The workspace that a team keeps its states in. */
export const JOB_STATES = 3;
/**
 * How many calls solve a tile. Of each: the index of its export, the number of its arguments, and
 * these.
 */
export const JOB_CALLS = 4;
export const JOB_HEAD = 5;
/** Room for a dozen calls. */
export const JOB_VALUES = 1024;

/** Values of an argument: in the first tile and thread, and what it grows by. */
export const BASE = 0;
export const PER_TILE = 1;
export const PER_MATRIX = 2;
export const PER_THREAD = 3;
/** What is added in the last tile of a matrix, which may be narrower. */
export const IN_LAST = 4;
export const ARGUMENT_VALUES = 5;

/** What a worker starts from; sent once. */
export interface Start {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The exports that jobs call, by index. */
  readonly names: readonly string[];
  readonly job: Float64Array<SharedArrayBuffer>;
  /** Of each share the next tile, on a cache line of its own. */
  readonly next: Int32Array<SharedArrayBuffer>;
  readonly meeting: Int32Array<SharedArrayBuffer>;
  readonly slot: Int32Array<SharedArrayBuffer>;
  /** Which thread it is; the caller is 0. */
  readonly thread: number;
}
