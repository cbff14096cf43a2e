import { describe, expect, test } from 'vitest';
import { cpu, createSoftmax, run, softmax, withFallback } from '../src/index.ts';
import { softmax as lowered } from '../src/ops/index.ts';
import { device } from './device.ts';

const code = (value: string) => expect.objectContaining({ name: 'SoftmaxError', code: value });

describe('on an asynchronous backend', () => {
  test('nothing leaks, and nothing is freed twice', async () => {
    const backend = device();
    const sm = createSoftmax(backend);
    const x = sm.tensor([
      [1, 2],
      [3, 4],
    ]);
    const y = await sm.softmax(x, { axis: [0], mask: [true, false], temperature: [1, 2] });
    const { loss, dx } = await sm.crossEntropyGrad(x, [0, 1]);
    for (const t of [x, y, loss, dx, x]) t.dispose();
    expect(backend.held.size).toBe(0);
    expect(new Set(backend.freed).size).toBe(backend.freed.length);
  });

  test('nothing leaks where a kernel fails', async () => {
    const backend = device();
    const broken = { ...backend, kernels: { softmax: () => Promise.reject(new Error('lost')) } };
    await expect(
      createSoftmax(broken as typeof backend).softmax([1, 2], { mask: [true, true] }),
    ).rejects.toThrow('lost');
    expect(backend.held.size).toBe(0);
  });

  test('a wrong call rejects, and does not throw', async () => {
    const sm = createSoftmax(device());
    const calls = [() => sm.softmax([1], { axis: 3 }), () => sm.crossEntropy([[1, 2]], [2])];
    for (const call of calls)
      await expect(call()).rejects.toThrow(expect.objectContaining({ name: 'SoftmaxError' }));
    const x = sm.tensor([1]);
    x.dispose();
    await expect(x.data()).rejects.toThrow(code('DISPOSED'));
  });

  test('a tensor disposed while it is read is freed afterwards', async () => {
    const backend = device();
    const sm = createSoftmax(backend);
    const x = sm.tensor([0, 0]);
    const y = sm.softmax(x);
    x.dispose();
    expect(backend.held.size).toBe(1);
    expect(await (await y).toArray()).toEqual([0.5, 0.5]);
    expect(backend.held.size).toBe(1);
  });

  test('what the caller writes to its array after the call does not count', async () => {
    const data = Float64Array.of(0, 0);
    const y = createSoftmax(device()).softmax(data);
    data[0] = 100;
    expect(await (await y).toArray()).toEqual([0.5, 0.5]);
  });

  test('axes that are not neighbours work on tensors that live on the device', async () => {
    const backend = device();
    const sm = createSoftmax(backend);
    const x = sm.tensor({ data: [0, 1, 2, 3, 4, 5, 6, 7], shape: [2, 2, 2] });
    const y = await sm.softmax(x, { axis: [0, 2] });
    const expected = softmax(
      { data: [0, 1, 2, 3, 4, 5, 6, 7], shape: [2, 2, 2] },
      { axis: [0, 2] },
    ).toArray();
    expect(await y.toArray()).toEqual(expected);
    for (const t of [x, y]) t.dispose();
    expect(backend.held.size).toBe(0);
  });
});

test('a tensor of another backend is refused', async () => {
  const sm = createSoftmax(cpu());
  const foreign = createSoftmax(device()).tensor([1]);
  expect(() => sm.softmax(foreign as never)).toThrow(code('FOREIGN_TENSOR'));
});

test('all references share one memory', () => {
  expect(softmax(createSoftmax(cpu()).tensor([0, 0])).toArray()).toEqual([0.5, 0.5]);
});

test('use after dispose is an error, a second dispose is none', () => {
  const x = createSoftmax(cpu()).tensor([1]);
  x.dispose();
  x.dispose();
  expect(() => x.data()).toThrow(code('DISPOSED'));
  expect(() => softmax(x)).toThrow(code('DISPOSED'));
});

test('an absent kernel and an absent type are refused by code', () => {
  const { kernels: _, ...rest } = cpu();
  expect(() => createSoftmax({ ...rest, kernels: {} }).softmax([1])).toThrow(code('UNSUPPORTED'));
  expect(() => createSoftmax({ ...cpu(), dtypes: ['float32'] }).softmax([1])).toThrow(code('UNSUPPORTED'));
});

test('what a backend lacks can be borrowed, openly', () => {
  const { softmax: own } = cpu().kernels;
  const both = withFallback({ ...cpu(), name: 'mine', kernels: { softmax: own } }, cpu());
  expect(both.borrowed).toContain('logSoftmax');
  expect(both.borrowed).not.toContain('softmax');
  expect(createSoftmax(both).logSoftmax([0, 0]).toArray()).toEqual([-Math.LN2, -Math.LN2]);
});

test('an operation imported alone runs on any backend', async () => {
  expect(run(cpu(), lowered([0, 0])).toArray()).toEqual([0.5, 0.5]);
  expect(await (await run(device(), lowered([0, 0]))).toArray()).toEqual([0.5, 0.5]);
});

describe('what fails half way leaves nothing behind', () => {
  for (const failing of [1, 2, 3, 4])
    test(`download or upload ${failing}`, async () => {
      const backend = device();
      const sm = createSoftmax(backend);
      const x = sm.tensor({ data: [0, 1, 2, 3, 4, 5, 6, 7], shape: [2, 2, 2] });
      let calls = 0;
      const fragile = {
        ...backend,
        memory: backend,
        download: async (id: number) => {
          if (++calls === failing) throw new Error('lost');
          return backend.download(id);
        },
      };
      const weak = createSoftmax(fragile);
      await weak.logSumExpGrad(x, [1, 1], { b: x, axis: [0, 2] }).then(
        ({ dx, db }) => {
          for (const t of [dx, db]) t.dispose();
        },
        (error: unknown) => expect(error).toEqual(new Error('lost')),
      );
      x.dispose();
      expect(backend.held.size).toBe(0);
    });
});

test('a fallback takes the tensors of the backend that it completes', () => {
  const own = { ...cpu(), memory: {}, kernels: {} };
  const x = createSoftmax(own).tensor([0, 0]);
  expect(createSoftmax(withFallback(own, cpu())).softmax(x).toArray()).toEqual([0.5, 0.5]);
});
