import { describe, expect, test } from 'vitest';
import { type Backend, createSoftmax } from '../src/index.ts';
import { device } from './device.ts';

describe('a free that throws', () => {
  const broken = (failing: boolean) => {
    const backend = device();
    const free = (id: number) => {
      backend.free(id);
      throw new Error('cannot free');
    };
    const kernels = failing ? { softmax: () => Promise.reject(new Error('lost')) } : backend.kernels;
    return { backend, sm: createSoftmax({ ...backend, free, kernels } as Backend<number, 'async'>) };
  };

  test('leaves no other buffer behind', async () => {
    const { backend, sm } = broken(false);
    const call = sm.softmax([1, 2], { mask: [true, true], temperature: [1] });
    await expect(call).rejects.toThrow('cannot free');
    expect(backend.held.size).toBe(0);
  });

  test('does not hide the error that came first', async () => {
    const { backend, sm } = broken(true);
    await expect(sm.softmax([1, 2], { mask: [true, true] })).rejects.toThrow('lost');
    expect(backend.held.size).toBe(0);
  });
});
