import { expect, test } from 'vitest';
import type { Exports } from '../src/exports.ts';
import { Meeting } from '../src/threads/meeting.ts';
import { Pool } from '../src/threads/pool.ts';
import { Waiting } from '../src/threads/waiting.ts';

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

test('a thread that is given up leaves no other one writing, and the pool is known as lost', async () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const waiting = new Waiting(PATIENCE);
  const meeting = new Meeting(waiting);
  const env = { memory, barrier: meeting.barrier };
  const { module, instance } = await WebAssembly.instantiate(SLEEPER, { env });
  const exports = instance.exports as object as Exports;
  const pool = await Pool.start({ exports, module, memory, meeting, waiting }, 3);
  const sleep = pool.exports.softmax as object as (w: number, at: number, ms: number) => void;
  const words = new Int32Array(memory.buffer);
  /** A tile to each thread: the first worker sleeps on, the second a little longer than is waited for the first. */
  const sleeps = [0, 60_000, PATIENCE * 1.25];
  const begun = () => {
    while (words[18] !== 1 || words[34] !== 1) Atomics.wait(words, 0, 0, 1);
  };
  /** The tile is written down five times; the sixth is the caller's own, which lasts until both workers have begun. */
  const before = [...Array.from({ length: 5 }, () => () => {}), begun];
  const tile = (_: number, i: number): void => {
    before.shift()?.();
    sleep(0, 64 * i, sleeps[i] as number);
  };
  expect(() => pool.over({ matrices: 1, per: 3, threads: 3, tile }, 0)).toThrow(
    expect.objectContaining({ code: 'BACKEND_FAILED' }),
  );
  expect(words[33]).toBe(1);
  expect(pool.lost).toBe(true);
});
