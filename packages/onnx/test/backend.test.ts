import { createSoftmax } from '@softmax/core';
import { describe, expect, test } from 'vitest';
import { onnx } from '../src/index.ts';
import { peer } from '../src/runtime/install.ts';
import { fakeRuntime } from './fake-runtime.ts';

test('calls of onnxruntime-web never overlap, whichever backend they are of', async () => {
  const { runtime, record } = fakeRuntime('web');
  const backends = [onnx(runtime), onnx(runtime, { precision: 'fast' })];
  await Promise.all(
    backends.flatMap((backend) =>
      [1, 2, 3].map((k) => createSoftmax(backend).softmax([k, 1], { temperature: k })),
    ),
  );
  await Promise.all(backends.map((backend) => backend.dispose()));
  expect(record.most).toBe(1);
  expect(record.log.filter((what) => what === 'release')).toHaveLength(
    record.log.filter((what) => what === 'create').length,
  );
});

test('calls of onnxruntime-node are not made to wait for each other', async () => {
  const { runtime, record } = fakeRuntime('node');
  const sm = createSoftmax(onnx(runtime));
  await Promise.all([1, 2, 3].map((k) => sm.softmax([k, 1])));
  expect(record.most).toBe(3);
});

test('a start that failed tells why and does not poison the next', async () => {
  const failures = ['create'];
  const { runtime } = fakeRuntime('web', (what) => failures[0] === what && failures.shift() !== undefined);
  const sm = createSoftmax(onnx(runtime, { name: 'mine' }));
  const error = await sm.softmax([1, 2]).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'SoftmaxError',
    code: 'BACKEND_FAILED',
    cause: { message: 'no create' },
  });
  expect(String(error)).toContain('mine');
  await expect(sm.softmax([1, 2])).resolves.toBeDefined();
});

test('a run that failed keeps its cause, and the queue goes on', async () => {
  const failures = ['run'];
  const { runtime } = fakeRuntime('web', (what) => failures[0] === what && failures.shift() !== undefined);
  const sm = createSoftmax(onnx(runtime));
  const [failed, next] = await Promise.allSettled([sm.softmax([1, 2]), sm.softmax([3, 4])]);
  expect(failed).toMatchObject({ reason: { code: 'BACKEND_FAILED', cause: { message: 'no run' } } });
  expect(next.status).toBe('fulfilled');
});

test('a disposed backend rejects with a code, after the calls before it are done', async () => {
  const { runtime, record } = fakeRuntime('node');
  const backend = onnx(runtime);
  const sm = createSoftmax(backend);
  const before = sm.softmax([1, 2]);
  const disposed = Promise.all([backend.dispose(), backend.dispose()]);
  await expect(sm.softmax([1, 2])).rejects.toMatchObject({ code: 'DISPOSED' });
  await expect(before).resolves.toBeDefined();
  await disposed;
  expect(record.log).toEqual(['create', 'run', 'release']);
});

test('the number of sessions is bounded', async () => {
  const { runtime, record } = fakeRuntime('node');
  const sm = createSoftmax(onnx(runtime, { maxSessions: 2 }));
  for (const softcap of [undefined, 1]) {
    for (const temperature of [1, 2]) await sm.softmax([1, 2], { temperature, ...(softcap && { softcap }) });
  }
  expect(record.log.filter((what) => what === 'release')).toHaveLength(2);
});

describe('options', () => {
  const { runtime } = fakeRuntime('node');
  test.each([{ precision: 'best' }, { maxSessions: 0 }, { maxSessions: Number.NaN }, { provider: 'cpu' }])(
    '%o is refused',
    (options) => {
      expect(() => onnx(runtime, options as object)).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION' }),
      );
    },
  );
});

describe('a runtime that cannot be imported', () => {
  const failing = (message: string) => () => Promise.reject(new Error(message));

  test.each([
    "Cannot find package 'some-runtime' imported from /app/index.js",
    "Cannot find module 'some-runtime'",
    'Failed to resolve module specifier "some-runtime". Relative references must start with "/"',
  ])('is missing where its own name is not found: %s', async (message) => {
    await expect(peer('some-runtime', failing(message))).rejects.toMatchObject({
      code: 'MISSING_RUNTIME',
      message: expect.stringContaining('npm install some-runtime'),
      cause: { message },
    });
  });

  test.each([
    "Cannot find module '/app/some-runtime/binding.node' imported from /app/some-runtime/index.js",
    "Cannot find package 'other' imported from '/app/node_modules/some-runtime/index.js'",
    'libonnxruntime.so: invalid ELF header',
  ])('has failed where something else went wrong: %s', async (message) => {
    await expect(peer('some-runtime', failing(message))).rejects.toMatchObject({
      code: 'BACKEND_FAILED',
      cause: { message },
    });
  });

  test('is missing in truth, not only in a message', async () => {
    const name = 'no-such-runtime';
    await expect(peer(name, () => import(name))).rejects.toMatchObject({ code: 'MISSING_RUNTIME' });
  });
});
