import { expect, test } from 'vitest';
import {
  cpu,
  createSoftmax,
  crossEntropy,
  type HostInput,
  logAddExp,
  logSumExp,
  nestedTree,
  SoftmaxError,
  softmax,
} from '../src/index.ts';

const refused = (code: string) => expect.objectContaining({ name: 'SoftmaxError', code });

const cyclic: unknown[] = [];
cyclic.push([cyclic]);
const list = (levels: number, leaf: unknown, width = 1): unknown => {
  let found = leaf;
  for (let k = 0; k < levels; k++) found = new Array(width).fill(found);
  return found;
};
const detached = () => {
  const values = new Float32Array(6);
  structuredClone(values, { transfer: [values.buffer] });
  return values;
};

test.each([
  ['a list inside itself', cyclic, 'INVALID_SHAPE'],
  ['65 levels of lists', list(65, 1), 'INVALID_SHAPE'],
  ['100 000 levels of lists', list(100_000, 1), 'INVALID_SHAPE'],
  ['2^60 values in shared lists', list(60, 1, 2), 'INVALID_SHAPE'],
  ['2^60 empty lists in shared lists', list(60, [], 2), 'INVALID_SHAPE'],
  ['an array whose memory was given away', detached(), 'INVALID_INPUT'],
  ['the same with a shape', { data: detached(), shape: [0, 3] }, 'INVALID_INPUT'],
  ['more lengths than a tensor has', { data: [1], shape: new Array(65).fill(1) }, 'INVALID_SHAPE'],
  ['holes for lengths', { data: [1], shape: new Array(3) }, 'INVALID_SHAPE'],
  ['an empty shape of absurd lengths', { data: [], shape: [2 ** 53 - 1, 0] }, 'INVALID_SHAPE'],
  ['2^32 repeats of one value', { data: [1], shape: [65536, 65536], stride: [0, 0] }, 'INVALID_SHAPE'],
])('%s is refused', (_, input, code) => {
  expect(() => softmax(input as HostInput)).toThrow(refused(code));
  expect(() => createSoftmax(cpu()).tensor(input as HostInput)).toThrow(refused(code));
  expect(() => crossEntropy([[1, 2]], input as HostInput)).toThrow(refused(code));
});

test('64 levels of lists are a tensor', () => {
  expect(softmax(list(64, 1) as HostInput).shape).toHaveLength(64);
});

test('an array of a subclass, of shared memory or of a buffer that can shrink is read as it is', () => {
  class Own extends Float32Array {}
  const shared = new Float32Array(new SharedArrayBuffer(8));
  for (const values of [Own.of(0, 0), shared, Buffer.from([0, 0])])
    expect(softmax(values as HostInput).toArray()).toEqual([0.5, 0.5]);
});

test('a result that memory cannot hold is a typed error', () => {
  const [tall, wide] = [new Float64Array(2 ** 21), { data: new Float64Array(2 ** 21), shape: [2 ** 21, 1] }];
  expect(() => logAddExp(tall, wide)).toThrow(refused('INVALID_SHAPE'));
});

test('nested arrays of more items than an array has are refused', () => {
  const rows = logSumExp({ data: new Float32Array(0), shape: [2 ** 16, 2 ** 12, 0] });
  expect(rows.shape).toEqual([2 ** 16, 2 ** 12]);
  expect(() => rows.toArray()).toThrow(refused('INVALID_SHAPE'));
});

test.each([
  ['holes', new Array(2 ** 32 - 1)],
  ['text', 'tree'],
  ['nothing', null],
])('a tree of %s is refused', (_, tree) => {
  expect(() => nestedTree(tree as never)).toThrow(refused('INVALID_INPUT'));
});

test('options that are a list or a Map would be without effect', () => {
  for (const options of [[], new Map([['temperature', 2]]), Float32Array.of()])
    expect(() => softmax([1, 2], options as object)).toThrow(refused('INVALID_OPTION'));
});

test('what a getter throws is the cause', () => {
  const cause = new Error('no');
  const options = {
    get temperature(): number {
      throw cause;
    },
  };
  expect(() => softmax([1, 2], options)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', cause }));
});

test('a backend that is still a promise is refused', () => {
  expect(() => createSoftmax(Promise.resolve(cpu()) as never)).toThrow(refused('INVALID_INPUT'));
});

test('a message quotes the beginning of what it refuses', () => {
  for (const value of ['x'.repeat(5_000_000), cyclic, 2n ** 100_000n, new Array(2 ** 32 - 1)]) {
    const error = new SoftmaxError('INVALID_OPTION', 'option', value, 'y'.repeat(5_000_000));
    expect(error.message.length).toBeLessThan(5000);
  }
});
