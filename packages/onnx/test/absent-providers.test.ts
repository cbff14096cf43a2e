import { createSoftmax } from '@softmax/core';
import { describe, expect, test, vi } from 'vitest';
import { RUNTIMES } from './runtimes.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What neither runtime has here: cuda comes as a library that is installed apart, webnn with a browser. */
const ABSENT = ['cuda', 'webnn'];
const CASES = RUNTIMES.flatMap(([name, make]) => ABSENT.map((provider) => [provider, name, make] as const));

describe.each(CASES)('%s, which %s has not', (provider, _, make) => {
  const row = Float32Array.of(1, 1);

  test('is one typed error that keeps its cause, with every call', async () => {
    const backend = await make({ providers: [provider] });
    const sm = createSoftmax(backend);
    for (const op of ['softmax', 'softmax', 'logSumExp'] as const) {
      const error: unknown = await sm[op](row).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'SoftmaxError', code: 'BACKEND_FAILED', cause: expect.any(Error) });
      expect(String(error)).toMatch(new RegExp(provider, 'i'));
    }
    await expect(backend.dispose()).resolves.toBeUndefined();
  });

  test('poisons nothing: the next backend starts, and beside it too', async () => {
    const [absent, next] = [await make({ providers: [provider] }), await make()];
    const calls = [absent, next, absent, next].map((backend) => createSoftmax(backend).softmax(row));
    const ended = await Promise.allSettled(calls);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    const y = await createSoftmax(next).softmax(row);
    expect(await y.data()).toEqual(Float32Array.of(0.5, 0.5));
    await Promise.all([absent.dispose(), next.dispose()]);
  });

  test('is refused in every precision that it may have, and never computed elsewhere in silence', async () => {
    for (const precision of ['accurate', 'fast'] as const) {
      const backend = await make({ providers: [provider], precision });
      await expect(createSoftmax(backend).softmax(row)).rejects.toMatchObject({ code: 'BACKEND_FAILED' });
      await backend.dispose();
    }
  });
});
