import { describe, expect, test } from 'vitest';
import { type Backend, cpu, cpuKernels, createSoftmax, type Host, type Kernel } from '../src/index.ts';
import { device } from './device.ts';

const code = (value: string) => expect.objectContaining({ name: 'SoftmaxError', code: value });

/** The reference behind opaque handles, counting what is held. */
function counting(over: Partial<Backend<number, 'sync'>> = {}) {
  const held = new Map<number, Host>();
  const freed: number[] = [];
  let next = 0;
  const upload = (data: Host) => {
    held.set(++next, data);
    return next;
  };
  const valuesOf = (id: number) => held.get(id) as Host;
  const free = (id: number) => {
    freed.push(id);
    held.delete(id);
  };
  const softmax: Kernel<'softmax', number, 'sync'> = (problem, { x, mask }) => {
    const inputs = { x: valuesOf(x), ...(mask && { mask: valuesOf(mask) }) };
    const made = { spare: upload(new Float32Array(1)), y: upload(cpuKernels.softmax(problem, inputs).y) };
    return made;
  };
  const backend: Backend<number, 'sync'> = {
    ...cpu(),
    name: 'counting',
    memory: held,
    kernels: { softmax },
    upload,
    gumbelNoise: undefined,
    download: (id) => held.get(id) as Host,
    free,
    ...over,
  };
  return { held, freed, free, sm: createSoftmax(backend) };
}

describe('on a synchronous backend', () => {
  test('nothing leaks and nothing is freed twice: axes moved, a result that nobody asked for, a guard', () => {
    const { held, freed, sm } = counting();
    const x = sm.tensor([
      [1, 2],
      [1, 2],
    ]);
    const box = sm.tensor(new Float64Array(8), [2, 2, 2]);
    const y = sm.softmax(box, { axis: [0, 2], mask: [true, false], emptyRow: 'throw' });
    expect(y.toArray()).toEqual(Array(2).fill(Array(2).fill([0.5, 0])));
    const z = sm.softmax(x, { axis: 0 });
    expect(z.toArray()).toEqual([
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    for (const t of [x, box, y, z]) t.dispose();
    expect(held.size).toBe(0);
    expect(new Set(freed).size).toBe(freed.length);
  });

  test('nothing leaks where a kernel, a guard, or the reading of a result fails', () => {
    const lost = () => {
      throw new Error('lost');
    };
    const masked = { mask: [true, true] };
    const broken = counting({ kernels: { softmax: lost } });
    expect(() => broken.sm.softmax([1, 2], masked)).toThrow('lost');
    const unreadable = counting({ download: lost });
    expect(() => unreadable.sm.softmax(new Float64Array(8), masked)).toThrow(code('INVALID_SHAPE'));
    const moved = { data: new Float64Array(8), shape: [2, 2, 2] };
    expect(() => unreadable.sm.softmax(moved, { axis: [0, 2] })).toThrow('lost');
    const guarded = counting();
    const impossible = [Number.NEGATIVE_INFINITY];
    expect(() => guarded.sm.softmax(impossible, { emptyRow: 'throw' })).toThrow(code('EMPTY'));
    expect([broken, unreadable, guarded].map(({ held }) => held.size)).toEqual([0, 0, 0]);
  });

  test('a free that throws leaves no other buffer behind, and does not hide what came first', () => {
    const free = (id: number) => {
      first.free(id);
      throw new Error('cannot free');
    };
    const first = counting();
    const failing = createSoftmax({ ...first.sm.backend, free });
    expect(() => failing.softmax([1, 2], { mask: [true, true] })).toThrow('cannot free');
    expect(first.held.size).toBe(0);
    const x = first.sm.tensor([1, 2]);
    expect(() => failing.softmax(x)).toThrow('cannot free');
    expect(first.held.size).toBe(1);
    x.dispose();
    const lost = () => {
      throw new Error('lost');
    };
    const twice = createSoftmax({ ...first.sm.backend, free, kernels: { softmax: lost } });
    expect(() => twice.softmax([1, 2], { mask: [true, true] })).toThrow('lost');
    expect(first.held.size).toBe(0);
  });

  test('foreign and disposed tensors are refused before anything is uploaded', () => {
    const { held, sm } = counting();
    const gone = sm.tensor([1, 2]);
    gone.dispose();
    expect(() => sm.softmaxGrad([1, 2], gone)).toThrow(code('UNSUPPORTED'));
    expect(() => sm.softmax(gone)).toThrow(code('DISPOSED'));
    expect(() => sm.softmax(createSoftmax(cpu()).tensor([1, 2]) as typeof gone)).toThrow(
      code('FOREIGN_TENSOR'),
    );
    const labels = createSoftmax(device()).tensor([0]);
    const one = createSoftmax(cpu());
    expect(() => one.crossEntropy([[1, 2]], labels as never)).toThrow(code('FOREIGN_TENSOR'));
    expect(held.size).toBe(0);
  });
});
