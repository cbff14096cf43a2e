import { createSoftmax } from '@softmax/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { GraphBuilder } from '../src/model/builder.ts';
import { type OnnxBackend, onnx } from '../src/onnx.ts';
import { fakeRuntime } from './fake-runtime.ts';
import { floats, model, type Name, RAW, session, solve } from './raw-runtime.ts';
import { RUNTIMES } from './runtimes.ts';

// Each test makes sessions, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

// What onnxruntime 1.30 does, and what the backend gives in its place: a fault that is mended upstream fails here.
describe.each(RUNTIMES)('%s', (runtime, make) => {
  const name = runtime as Name;
  let backend: OnnxBackend;
  const sm = () => createSoftmax(backend);
  beforeAll(async () => {
    backend = await make();
  });
  afterAll(() => backend.dispose());

  test('ReduceMax loses NaN by position, and no softmax does', async () => {
    const reduced = model((g, x) => g.node('ReduceMax', [x], { axes: [0], keepdims: 1 }));
    const places = [0, 1, 2, 3].map((at) => Array.from({ length: 4 }, (_, k) => (k === at ? Number.NaN : k)));
    const largest: number[] = [];
    for (const x of places)
      largest.push(Number(((await solve(name, reduced, floats(name, x))).data as Float32Array)[0]));
    expect(largest.map(Number.isNaN)).toContain(false);
    for (const x of places)
      expect(await (await sm().softmax(x)).toArray()).toEqual(Array(4).fill(Number.NaN));
  });

  test('Gather with −1 wraps, and no label does', async () => {
    const last = model((g, x) => g.node('Gather', [x, g.ints(-1)]));
    expect(Array.from((await solve(name, last, floats(name, [1, 2, 3]))).data as Float32Array)).toEqual([3]);
    await expect(sm().crossEntropy([[1, 2, 3]], [-1])).rejects.toMatchObject({ code: 'INVALID_TARGET' });
    await expect(sm().nllLoss([[-1, -2, -3]], [-1])).rejects.toMatchObject({ code: 'INVALID_TARGET' });
  });

  test('ReduceMean of a size of 0 is 0, which is NaN: no runtime is asked for what is empty', async () => {
    const mean = model((g, x) => g.node('ReduceMean', [x], { axes: [1], keepdims: 0 }), { rank: 2, to: 1 });
    const { data } = await solve(name, mean, floats(name, [], [2, 0]));
    expect(Array.from(data as Float32Array)).toEqual([0, 0]);
    const { runtime, record } = fakeRuntime('web');
    const y = await createSoftmax(onnx(runtime)).logSumExp({ data: new Float32Array(), shape: [2, 0] });
    const nothing = Number.NEGATIVE_INFINITY;
    expect([y.shape, await y.toArray(), record.log]).toEqual([[2], [nothing, nothing], []]);
  });

  test('SoftmaxCrossEntropyLoss fails on an empty batch, or is NaN, and ours is 0', async () => {
    const none = (g: GraphBuilder) => g.constant('none', 'int64', [0], new ArrayBuffer(0));
    const loss = model((g, x) => g.node('SoftmaxCrossEntropyLoss', [x, none(g)]), { rank: 2, to: 0 });
    const raw = await solve(name, loss, floats(name, [], [0, 3])).then(
      ({ data }) => String(data),
      (error: unknown) => `failed: ${String(error)}`,
    );
    expect(raw).toMatch(/^NaN$|cannot be reshaped to the requested shape/);
    const y = await sm().crossEntropy({ data: new Float32Array(), shape: [0, 3] }, new Int32Array());
    expect(await y.toArray()).toBe(0);
  });

  test('bfloat16 has no kernels on the CPU, and is refused by a code', async () => {
    const bfloat16 = 16;
    const doubled = model((g, x) => {
      const narrow = g.node('Cast', [x], { to: bfloat16 });
      return g.node('Cast', [g.node('Exp', [narrow])], { to: 1 });
    });
    await expect(session(name, doubled)).rejects.toThrow(
      /NOT_IMPLEMENTED|Could not find an implementation|Type Error/i,
    );
    const x = { data: Uint16Array.of(0x3f80), shape: [1], dtype: 'bfloat16' };
    await expect(sm().softmax(x as never)).rejects.toMatchObject({ code: 'INVALID_DTYPE' });
  });
});

describe('what differs between the two', () => {
  test('float16 inputs fail in onnxruntime-node from Node 24 on, and ours are none', async () => {
    const same = model((g, x) => g.node('Identity', [x]), { from: 'float16' });
    const { Tensor } = RAW['onnxruntime-node'];
    const raw = async () =>
      solve('onnxruntime-node', same, new Tensor('float16', Uint16Array.of(0x3c00) as never, [1]) as never);
    await expect(raw()).rejects.toThrow('not enough space: expected 2, got 0');
  });

  test('outputs that are given stay zero in onnxruntime-web, and ours gives none', async () => {
    const same = model((g, x) => g.op('Neg', x));
    for (const [name, expected] of [
      ['onnxruntime-web', 0],
      ['onnxruntime-node', -2],
    ] as const) {
      const made = await session(name, same);
      const y = floats(name, [0]);
      await made.run({ x: floats(name, [2]) }, { y });
      expect([name, y.data[0]]).toEqual([name, expected]);
      await made.release();
    }
  });

  test('RandomUniformLike draws otherwise in each, and noise of one seed is the same', async () => {
    const drawn = model((g, x) => g.node('RandomUniformLike', [x], { seed: { float: 7 } }));
    const raw: number[][] = [];
    const ours: unknown[] = [];
    for (const [runtime, make] of RUNTIMES) {
      const name = runtime as Name;
      raw.push(Array.from((await solve(name, drawn, floats(name, [0, 0, 0]))).data as Float32Array));
      const backend = await make({ precision: 'exact' });
      const y = await createSoftmax(backend).gumbelSoftmax(Float32Array.of(1, 2, 3), { seed: 7 });
      ours.push(await y.toArray());
      await backend.dispose();
    }
    expect(raw[0]).not.toEqual(raw[1]);
    expect(ours[0]).toEqual(ours[1]);
  });
});
