import { type Backend, cpu, cpuKernels, createSoftmax, type Host, type Kernel } from '@softmax/core';
import { expect, test } from 'vitest';
import { poisoned } from '../src/index.ts';

/** A backend that gives out freed arrays again, and whose softmax does not write what is 0. */
function recycling(hook: boolean): Backend<Host, 'sync'> {
  const freed: Host[] = [];
  let word: number | undefined;
  const allocate = (length: number): Float32Array => {
    const at = freed.findIndex((each) => each.length === length && each instanceof Float32Array);
    const array = at < 0 ? new Float32Array(length) : (freed.splice(at, 1)[0] as Float32Array);
    if (word !== undefined) new Uint32Array(array.buffer).fill(word);
    return array;
  };
  const softmax: Kernel<'softmax', Host, 'sync'> = (p, inputs) => {
    const { y } = cpuKernels.softmax(p, inputs);
    const result = allocate(y.length);
    for (const [k, v] of y.entries()) if (v !== 0) result[k] = v;
    return { y: result };
  };
  return {
    ...cpu(),
    kernels: { ...cpuKernels, softmax },
    upload: (data) => {
      const array = allocate(data.length);
      array.set(data);
      return array;
    },
    download: (buffer) => buffer.slice() as Host,
    free: (buffer) => void freed.push(buffer),
    ...(hook && {
      poison: (bits) => {
        word = bits;
      },
    }),
  };
}

test.each([true, false])('a result that is not written is told, with a hook: %s', (hook) => {
  const backend = recycling(hook);
  expect(createSoftmax(backend).softmax(Float32Array.of(0, -200)).data()).toEqual(Float32Array.of(1, 0));
  const softmax = () => createSoftmax(poisoned(backend)).softmax(Float32Array.of(0, -200));
  expect(softmax).toThrow('softmax: y depends on what memory held before');
});

test('results that are written are those of the backend itself', async () => {
  const x = Float32Array.of(1, 2, 4);
  const expected = createSoftmax(cpu()).softmax(x).data();
  expect(createSoftmax(poisoned(cpu())).softmax(x).data()).toEqual(expected);
  const later: Backend<Host, 'async'> = {
    ...cpu(),
    mode: 'async',
    kernels: { softmax: async (p, inputs) => cpuKernels.softmax(p, inputs) },
    download: async (buffer) => buffer,
  };
  const y = await createSoftmax(poisoned(later)).softmax(x);
  expect(await y.data()).toEqual(expected);
});

test('what a kernel throws is thrown, and memory is clean again', () => {
  const words: (number | undefined)[] = [];
  const failing: Backend<Host, 'sync'> = {
    ...cpu(),
    kernels: {
      softmax: () => {
        throw new Error('lost');
      },
    },
    poison: (word) => void words.push(word),
  };
  expect(() => createSoftmax(poisoned(failing)).softmax([1])).toThrow('lost');
  expect(words).toEqual([0, undefined]);
});
