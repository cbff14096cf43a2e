import { abandon, meet } from './barrier.ts';
import { changesWithin, IDLE_LOOKS, LOOKS } from './looks.ts';
import {
  CLAIMED,
  DONE,
  FAILED,
  JOB_SHARES,
  JOB_STATES,
  JOB_TILES,
  POSTED,
  SLOT_MEMBER,
  SLOT_MEMBERS,
  SLOT_STATE,
  type Start,
} from './protocol.ts';
import { solveShares, solveTile } from './shares.ts';

// Runs in a worker. `tools/scripts/bundle-worker.mjs` makes a string of this module and what it imports (src/worker.generated.ts): a
// path to a file would need a bundler's help.

type Call = (...args: number[]) => unknown;

/** A worker of a page, or of Node, where a worker made of a string has a global `require`. */
interface Scope {
  readonly require?: (name: 'node:worker_threads') => {
    readonly parentPort: { postMessage(message: unknown): void };
    readonly workerData: Start;
  };
  onmessage: (event: { readonly data: Start }) => void;
  postMessage(message: unknown): void;
}

/** Solves jobs for ever, on the pool's memory by the pool's module. */
function serve({ module, memory, names, job, next, meeting, slot, thread }: Start, ready: () => void): never {
  const barrier = (): void => {
    if (!meet(meeting, slot[SLOT_MEMBERS] as number, waitWhile)) throw new Error('a member failed');
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, barrier } });
  const calls = names.map((name) => exports[name] as Call);
  const team = exports['team'] as Call;
  const solve = (tile: number): void => solveTile(calls, job, tile, thread);

  const solveAlone = (): void => {
    team(0, 1, 0);
    solveShares(job, next, thread, solve);
  };
  const solveTogether = (): void => {
    waitWhile(slot, SLOT_STATE, CLAIMED);
    const members = slot[SLOT_MEMBERS] as number;
    try {
      team(slot[SLOT_MEMBER] as number, members, job[JOB_STATES] as number);
      solve(job[JOB_TILES] as number);
    } catch (error) {
      abandon(meeting);
      throw error;
    }
  };
  const solveJob = (): typeof DONE | typeof FAILED => {
    try {
      if (job[JOB_SHARES] === 0) solveTogether();
      else solveAlone();
      return DONE;
    } catch {
      return FAILED;
    }
  };

  ready();
  for (;;) {
    const state = Atomics.load(slot, SLOT_STATE);
    if (state === POSTED && Atomics.compareExchange(slot, SLOT_STATE, POSTED, CLAIMED) === POSTED) {
      Atomics.store(slot, SLOT_STATE, solveJob());
      Atomics.notify(slot, SLOT_STATE);
    } else waitWhile(slot, SLOT_STATE, state, IDLE_LOOKS);
  }
}

/** Sleeps until the word is no longer `value`, however long that takes. */
function waitWhile(words: Int32Array, index: number, value: number, looks = LOOKS): true {
  if (changesWithin(looks, words, index, value)) return true;
  while (Atomics.load(words, index) === value) Atomics.wait(words, index, value);
  return true;
}

const scope = globalThis as object as Scope;
if (scope.require) {
  const { parentPort, workerData } = scope.require('node:worker_threads');
  serve(workerData, () => parentPort.postMessage(0));
} else scope.onmessage = ({ data }) => serve(data, () => scope.postMessage(0));
