import { createSoftmax, SoftmaxError } from '@softmax/core';
import { expect, test } from 'vitest';
import { Allocator } from '../src/allocator.ts';
import { wasm } from '../src/index.ts';

/** A linear congruential generator: the same sequence in every run. */
function sequence(): (below: number) => number {
  let state = 1;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test('blocks never overlap, and lie on cache lines, whatever is freed between', () => {
  const next = sequence();
  const allocator = new Allocator(1000, () => {});
  const held: { readonly ptr: number; readonly size: number }[] = [];
  for (let step = 0; step < 3000; step++) {
    if (next(5) < 2)
      for (const { ptr, size } of held.splice(next(held.length + 1), 1)) allocator.free(ptr, size);
    const size = 1 + next(2 ** (1 + next(16)));
    const ptr = allocator.allocate(size);
    expect(ptr % 64).toBe(0);
    expect(ptr).toBeGreaterThanOrEqual(1000);
    expect(held.filter((other) => ptr < other.ptr + other.size && other.ptr < ptr + size)).toEqual([]);
    held.push({ ptr, size });
  }
});

test('what was freed is whole again: a block as large as all of it needs no growth', () => {
  let end = 0;
  const allocator = new Allocator(0, (wanted) => {
    end = Math.max(end, wanted);
  });
  const blocks = Array.from({ length: 100 }, (_, k) => allocator.allocate(64 * (1 + (k % 7))));
  const [grown] = [end];
  for (const k of [...blocks.keys()].sort((a, b) => ((a * 37) % 100) - ((b * 37) % 100)))
    allocator.free(blocks[k] as number, 64 * (1 + (k % 7)));
  expect(allocator.used).toBe(0);
  expect(allocator.allocate(grown)).toBe(0);
  expect(end).toBe(grown);
});

test('a block of a class that holds only smaller ones is not given away too short', () => {
  const allocator = new Allocator(0, () => {});
  const small = allocator.allocate(64 * 64);
  allocator.allocate(64);
  allocator.free(small, 64 * 64);
  expect(allocator.allocate(64 * 70)).not.toBe(small);
  expect(allocator.allocate(64 * 64)).toBe(small);
});

test('memory that cannot be had is a typed error, leaks nothing, and everything stays usable', async () => {
  const backend = await wasm();
  const sm = createSoftmax(backend);
  const x = sm.tensor(Float32Array.of(1, 2, 3));
  const before = sm.softmax(x).toArray();
  const { used } = backend.bytes;
  const tooMuch = { length: 2 ** 30, dtype: 'float32', ptr: 0 } as const;
  const problem = { outer: 1, n: 2 ** 30, inner: 1, dtype: 'float32' } as const;
  const run = () =>
    backend.kernels.softmax?.(
      {
        ...problem,
        negate: false,
        softcap: 0,
        temperature: 1,
        empty: { masked: 'zero', impossible: 'nan' },
      },
      { x: tooMuch },
    );
  expect(run).toThrow(SoftmaxError);
  expect(run).toThrow(/wasm memory/);
  expect(run).toThrow(expect.objectContaining({ code: 'BACKEND_FAILED' }));
  expect(backend.bytes.used - used).toBeLessThan(2 ** 24);
  expect(sm.softmax(x).toArray()).toEqual(before);
});

test('a tensor survives the growth of memory', async () => {
  const backend = await wasm();
  const sm = createSoftmax(backend);
  const x = sm.tensor(Float32Array.of(1, 2, 3));
  const y = sm.softmax(x);
  const before = [x.toArray(), y.toArray()];
  const { total } = backend.bytes;
  sm.tensor(new Float32Array(2 ** 22)).dispose();
  expect(backend.bytes.total).toBeGreaterThan(total);
  expect([x.toArray(), y.toArray()]).toEqual(before);
  expect(sm.softmax(x).toArray()).toEqual(before[1]);
});
