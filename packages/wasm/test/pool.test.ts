import { expect, test } from 'vitest';
import type { Exports } from '../src/exports.ts';
import { Meeting } from '../src/threads/meeting.ts';
import { Pool } from '../src/threads/pool.ts';
import { Waiting } from '../src/threads/waiting.ts';
import { type Argument, type Strided, strided, type Tiles } from '../src/tiles.ts';

const PATIENCE = 400;
const text = (value: string): number[] => [value.length, ...new TextEncoder().encode(value)];
const section = (id: number, ...bytes: number[]): number[] => [id, bytes.length, ...bytes];
/** i32.store(at + 8, 1), memory.atomic.wait32(at, 0, ms · 10⁶), i32.store(at + 4, 1) */
const BODY = [
  [0x20, 1, 0x41, 1, 0x36, 2, 8],
  [0x20, 1, 0x41, 0, 0x20, 2, 0xac, 0x42, 0xc0, 0x84, 0x3d, 0x7e, 0xfe, 1, 2, 0, 0x1a],
  [0x20, 1, 0x41, 1, 0x36, 2, 4, 0x0b],
].flat();
/** `team`, which does nothing, and `softmax(w, at, ms)`: 1 at `at` + 8, sleep, 1 at `at` + 4. */
const SLEEPER = Uint8Array.from([
  0,
  ...new TextEncoder().encode('asm'),
  1,
  0,
  0,
  0,
  ...section(1, 2, 0x60, 0, 0, 0x60, 3, 0x7f, 0x7f, 0x7f, 0),
  ...section(2, 2, ...text('env'), ...text('memory'), 2, 3, 1, 1, ...text('env'), ...text('barrier'), 0, 0),
  ...section(3, 2, 1, 1),
  ...section(7, 2, ...text('team'), 0, 1, ...text('softmax'), 0, 2),
  ...section(10, 2, 2, 0, 0x0b, 33, 0, ...BODY),
]);

/** What an export is called with: a workspace, an address of a word, milliseconds. */
type Sleep = (w: number, at: number, ms: number) => void;

/** Threads that sleep; `before` is called before each tile that the caller solves. */
async function sleepers(threads: number, before: (words: Int32Array, at: number) => void, patience?: number) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const words = new Int32Array(memory.buffer);
  const waiting = new Waiting(patience);
  const meeting = new Meeting(waiting);
  const env = { memory, barrier: meeting.barrier };
  const { module, instance } = await WebAssembly.instantiate(SLEEPER, { env });
  const sleep = instance.exports['softmax'] as Sleep;
  const softmax: Sleep = (w, at, ms) => {
    before(words, at);
    sleep(w, at, ms);
  };
  const exports = { ...instance.exports, softmax } as object as Exports;
  const pool = await Pool.start({ exports, module, memory, meeting, waiting }, threads);
  return { pool, words };
}

/** A tile sleeps at an address for a time; the export stands for softmax, which takes more arguments. */
const sleeping = (address: Strided, ms: Strided): Tiles['solve'] => {
  return (call, at) => (call.softmax as (...args: Argument[]) => void)(0, at(address), at(ms));
};

/** Until those words are 1. */
const waitFor = (words: Int32Array, places: readonly number[]): void => {
  while (places.some((at) => words[at] !== 1)) Atomics.wait(words, 0, 0, 1);
};

test('a thread that is given up leaves no other one writing, and the pool is known as lost', async () => {
  const { pool, words } = await sleepers(3, (words) => waitFor(words, [18, 34]), PATIENCE);
  /** A tile to each thread: the first worker sleeps on, the second a little longer than is waited for the first. */
  const ms = strided(0, { perTile: 60_000, inLast: PATIENCE * 1.25 - 120_000 });
  const solve = sleeping(strided(0, { perTile: 64 }), ms);
  expect(() => pool.over({ matrices: 1, per: 3, threads: 3, solve }, 0)).toThrow(
    expect.objectContaining({ code: 'BACKEND_FAILED' }),
  );
  expect(words[33]).toBe(1);
  expect(pool.lost).toBe(true);
});

test('what is left of the share of a slow thread is solved by one that has nothing left, and nothing twice', async () => {
  const solved: number[] = [];
  // Of three matrices of three tiles the worker has the last five, and sleeps in their first until the caller's eighth.
  const { pool, words } = await sleepers(2, (words, at) => {
    solved.push(at / 64);
    if (solved.length === 1) waitFor(words, [66]);
    if (solved.length < 8) return;
    Atomics.store(words, 64, 1);
    Atomics.notify(words, 64);
  });
  const solve = sleeping(strided(0, { perTile: 64, perMatrix: 192 }), strided(0, { perThread: 60_000 }));
  pool.over({ matrices: 3, per: 3, threads: 2, solve }, 0);
  pool.end();
  expect(solved).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((t) => words[16 * t + 1])).toEqual(new Array(9).fill(1));
});
