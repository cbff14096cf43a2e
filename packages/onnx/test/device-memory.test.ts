import { expect, test } from 'vitest';
import type { OrtTensor } from '../src/index.ts';
import { DeviceMemory } from '../src/runtime/device-memory.ts';

/** Tensors on a device and sessions that only remember what happened to them. */
function remembered() {
  const log: string[] = [];
  const memory = new DeviceMemory();
  const session = (name: string) => ({ release: async () => void log.push(`-${name}`) });
  const tensor = (name: string): OrtTensor => ({
    type: 'float32',
    dims: [],
    location: 'gpu-buffer',
    reshape: () => tensor(name),
    getData: async () => new Float32Array(),
    dispose: () => void log.push(name),
  });
  return { log, memory, session, tensor };
}

test('a session is not released before its tensors, which would be read and freed in memory that is gone', async () => {
  const { log, memory, session, tensor } = remembered();
  const [a, x, y] = [session('a'), tensor('x'), tensor('y')];
  memory.hold(x, a);
  memory.hold(y, a);
  await memory.release(a);
  await memory.free(x);
  expect(log).toEqual(['x']);
  await memory.free(y);
  expect(log).toEqual(['x', 'y', '-a']);
});

test('tensors of another session, or of none, keep none', async () => {
  const { log, memory, session, tensor } = remembered();
  const [a, b] = [session('a'), session('b')];
  memory.hold(tensor('x'), a);
  memory.hold({ ...tensor('on the host'), location: 'cpu' }, b);
  await memory.release(b);
  await memory.free(tensor('of none'));
  expect(log).toEqual(['-b', 'of none']);
});

test('a session still in use is not released with the last of its tensors', async () => {
  const { log, memory, session, tensor } = remembered();
  const [a, x] = [session('a'), tensor('x')];
  memory.hold(x, a);
  await memory.free(x);
  await memory.clear();
  expect(log).toEqual(['x']);
});

test('clearing frees every tensor, and then releases the sessions that waited for them, once each', async () => {
  const { log, memory, session, tensor } = remembered();
  const [a, b] = [session('a'), session('b')];
  for (const name of ['x', 'y', 'z']) memory.hold(tensor(name), name === 'z' ? b : a);
  for (const each of [a, b]) await memory.release(each);
  await memory.clear();
  expect(log.toSorted()).toEqual(['-a', '-b', 'x', 'y', 'z']);
  expect(log.indexOf('-a')).toBeGreaterThan(log.indexOf('y'));
});
