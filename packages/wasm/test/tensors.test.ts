import { cpu, createSoftmax, SoftmaxError } from '@softmax/core';
import { expect, test } from 'vitest';
import { type WasmBackend, wasm } from '../src/index.ts';

test('a tensor that is filled in place is read where it is, and a result is read without a copy', async () => {
  const backend = await wasm();
  const { softmax } = createSoftmax(backend);
  const x = backend.empty([2, 2]);
  backend.values(x).set([0, 0, 3, 3]);
  const y = softmax(x);
  expect([...backend.values(y)]).toEqual([0.5, 0.5, 0.5, 0.5]);
  backend.values(y)[0] = 7;
  expect(y.toArray()).toEqual([
    [7, 0.5],
    [0.5, 0.5],
  ]);
  expect(x.toArray()).toEqual([
    [0, 0],
    [3, 3],
  ]);
});

test('recycled memory is not taken for a result of nothing', async () => {
  const backend = await wasm();
  const { softmaxGrad, crossEntropyGrad, logSumExpGrad } = createSoftmax(backend);
  const dirty = backend.empty([2, 3]);
  backend.values(dirty).fill(Number.NaN);
  dirty.dispose();
  const x = Float32Array.of(1, 2, 3, 4, 5, 6);
  const rows = { data: x, shape: [2, 3] };
  expect(crossEntropyGrad(rows, [-100, -100]).dx.toArray()).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  const impossible = { data: new Float32Array(6).fill(Number.NEGATIVE_INFINITY), shape: [2, 3] };
  expect([...logSumExpGrad(impossible, Float32Array.of(1, 1)).data()]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([...softmaxGrad(impossible, rows).data()]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('an array that a user holds is cut off by memory that grows, and not within what was reserved', async () => {
  const fill = (backend: WasmBackend) => {
    const held = backend.values(backend.empty([4]));
    backend.empty([2 ** 20]);
    return held.length;
  };
  expect(fill(await wasm())).toBe(0);
  const backend = await wasm({ reserve: 2 ** 23 });
  expect(backend.bytes.total).toBe(2 ** 23);
  expect(fill(backend)).toBe(4);
  expect(backend.bytes.total).toBe(2 ** 23);
});

test('wrong shapes and strangers are refused by their code', async () => {
  const backend = await wasm();
  expect(() => backend.empty([-1])).toThrow(expect.objectContaining({ code: 'INVALID_SHAPE' }));
  expect(() => backend.empty([2 ** 31])).toThrow(SoftmaxError);
  const stranger = createSoftmax(cpu()).tensor([1]);
  expect(() => backend.values(stranger)).toThrow(expect.objectContaining({ code: 'FOREIGN_TENSOR' }));
  const x = backend.empty([1]);
  x.dispose();
  expect(() => backend.values(x)).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
});

test.each([
  { speed: 1 },
  { relaxed: 'yes' },
  { name: 3 },
  { reserve: -1 },
  { reserve: 2 ** 33 },
  { reserve: 0.5 },
])('%j is refused before anything starts', async (options) => {
  await expect(wasm(options as object)).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});
