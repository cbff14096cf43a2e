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

test.each([2 ** 32 + 1, 2 ** 38, 2 ** 60, Number.POSITIVE_INFINITY, Number.NaN, -1])(
  'a request of %d bytes is refused, and changes nothing',
  (bytes) => {
    const allocator = new Allocator(0, () => {});
    const small = allocator.allocate(64);
    allocator.free(small, 64);
    expect(() => allocator.allocate(bytes)).toThrow(expect.objectContaining({ code: 'BACKEND_FAILED' }));
    expect(allocator.used).toBe(0);
    expect(allocator.allocate(64)).toBe(small);
  },
);

test('a call that fails leaks nothing, whatever it fails at', async () => {
  const backend = await wasm();
  const sm = createSoftmax(backend);
  sm.softmax([1, 2]).dispose();
  const detached = new Float32Array(16);
  structuredClone(detached, { transfer: [detached.buffer] });
  const huge = { length: 2 ** 36 } as Float32Array;
  const odd = {
    length: 4,
    get 0(): number {
      throw new Error('unreadable');
    },
  } as never as Float32Array;
  const calls: (() => unknown)[] = [
    () => sm.softmax({ data: detached, shape: [4, 4] }),
    () => sm.tensor({ data: detached, shape: [16] }),
    () => sm.tensor([1], [1e308, 1e308]),
    () => backend.upload(huge, 'float32'),
    () => backend.empty([2 ** 20, 2 ** 20]),
    () => backend.empty([2 ** 53, 0]),
    () => backend.empty([1e308, 1e308]),
    () => backend.empty([-1]),
    () => backend.empty(new Array(65).fill(1)),
    () => backend.empty([2], 'int7' as 'float32'),
    () => backend.empty([2 ** 30], 'float64'),
  ];
  const { used } = backend.bytes;
  for (const call of calls)
    for (let again = 0; again < 20; again++) {
      expect(call).toThrow(expect.objectContaining({ name: 'SoftmaxError' }));
      expect(backend.bytes.used, String(call)).toBe(used);
    }
  expect(() => backend.upload(odd, 'float32')).toThrow('unreadable');
  expect(backend.bytes.used).toBe(used);
  expect(sm.softmax([0, 0]).toArray()).toEqual([0.5, 0.5]);
});

test.each<[unknown, string | undefined, string]>([
  [[2 ** 20, 2 ** 20], 'float32', 'INVALID_SHAPE'],
  [[2 ** 53, 0], 'float32', 'INVALID_SHAPE'],
  [[Number.NaN], 'float32', 'INVALID_SHAPE'],
  ['12', 'float32', 'INVALID_SHAPE'],
  [undefined, 'float32', 'INVALID_SHAPE'],
  [new Array(65).fill(1), 'float32', 'INVALID_SHAPE'],
  [[2], 'int32', 'INVALID_DTYPE'],
  [[2 ** 30, 2], 'float64', 'BACKEND_FAILED'],
])('an empty tensor of shape %j and type %s is refused with %s', async (shape, dtype, code) => {
  const backend = await wasm();
  expect(() => backend.empty(shape as number[], dtype as 'float32')).toThrow(
    expect.objectContaining({ code }),
  );
});
