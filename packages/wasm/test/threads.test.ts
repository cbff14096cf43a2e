import { execFileSync } from 'node:child_process';
import { createSoftmax, type FloatType, type Softmax, type Tensor } from '@softmax/core';
import { expect, test } from 'vitest';
import { type WasmBuffer, wasm } from '../src/index.ts';
import { logits } from './logits.ts';
import { CALLS, type Extent, given, MODULES, watched } from './own-kernels.ts';

/**
 * Rows that do not divide by the threads or by the tiles, tails, several blocks, columns in whole vectors and not, and
 * sizes on both sides of what is split.
 */
const EXTENTS: readonly Extent[] = [
  [3, 50_257, 1],
  [64, 2049, 1],
  [4099, 33, 1],
  [1, 99, 1327],
  [3, 40, 1096],
  [5, 13, 7],
];

type Solver = Softmax<WasmBuffer, 'sync'>;

function bitsOf(tensor: Tensor<'sync'>): Buffer {
  const bits = Buffer.from(tensor.data().slice().buffer);
  tensor.dispose();
  return bits;
}

/** Which results differ. */
const differing = (got: readonly Buffer[], expected: readonly Buffer[]): readonly number[] =>
  [...got.keys()].filter((k) => !got[k]?.equals(expected[k] as Buffer));

test.each(MODULES)(
  '%s, relaxed %s: three threads give the bits of one by every kernel',
  async (dtype, relaxed) => {
    const [one, backend] = [createSoftmax(await wasm({ relaxed })), await wasm({ relaxed, threads: 3 })];
    const { sm: many, missing } = watched(backend);
    for (const extent of EXTENTS) {
      const [here, there] = [given(many, dtype, extent), given(one, dtype, extent)];
      for (const [name, call] of Object.entries(CALLS)) {
        const expected = call(one, there).map(bitsOf);
        const got = call(many, here).map(bitsOf);
        expect(differing(got, expected), `${name}, ${extent.join(' × ')}`).toEqual([]);
      }
      for (const { x, dy, target, perRow } of [here, there])
        for (const each of [x, dy, target, perRow]) each.dispose();
    }
    expect([...missing]).toEqual([]);
    backend.dispose();
  },
);

const [NAN, INF] = [Number.NaN, Number.POSITIVE_INFINITY];
const LONG = 262_145;
const [alone, three] = [createSoftmax(await wasm()), createSoftmax(await wasm({ threads: 3 }))];
/** What one block of a long row holds that the others do not, in the blocks of another thread than the first. */
const RARE = [
  ['NaN', LONG >> 1, NAN],
  ['∞', LONG - 1, INF],
  ['−∞', LONG >> 1, -INF],
  ['a value far above the others', LONG - 1, 1000],
  ['a value that no window holds', LONG - 1, -90],
] as const;

test.each(RARE)('%s at %d of a long row is every thread’s', (_, at, value) => {
  const x = logits(LONG);
  x[at] = value;
  expect(differing(longRow(three, x, at), longRow(alone, x, at))).toEqual([]);
});

test('a column that no window holds is told by any thread', () => {
  const x = logits(2 ** 18);
  x[2 ** 18 - 1] = -90;
  const matrix = { data: x, shape: [256, 1024] };
  const down = (sm: Solver) => [bitsOf(sm.softmax(matrix, { axis: 0 }))];
  expect(differing(down(three), down(alone))).toEqual([]);
});

test('rows that are left over are every thread’s, and the others one thread’s each', () => {
  const x = { data: logits(4 * LONG), shape: [4, LONG] };
  expect(differing([bitsOf(three.softmax(x))], [bitsOf(alone.softmax(x))])).toEqual([]);
});

test('a long row of float16 is every thread’s, and so is each of several', () => {
  const x = logits(LONG);
  expect(differing(longRow(three, x, 3, 'float16'), longRow(alone, x, 3, 'float16'))).toEqual([]);
  const rows = (sm: Solver) => {
    const temperature = { data: Float32Array.of(1, 0.5), shape: [2, 1] };
    return [bitsOf(sm.softmax(sm.tensor(logits(2 * LONG), [2, LONG], 'float16'), { temperature }))];
  };
  expect(differing(rows(three), rows(alone))).toEqual([]);
});

test('a long row of which nothing is possible is filled once', () => {
  const x = new Float32Array(LONG).fill(-INF);
  expect(differing(longRow(three, x, 3), longRow(alone, x, 3))).toEqual([]);
});

/** Every kernel that solves a row together; the class and a mask's only hole are where the row is rare. */
function longRow(
  sm: Solver,
  values: Float32Array,
  at: number,
  dtype: FloatType = 'float32',
): readonly Buffer[] {
  const x = sm.tensor(values, [LONG], dtype);
  const dy = sm.tensor(logits(LONG, 1, 0.3), [LONG], dtype);
  const mask = new Uint8Array(LONG).fill(1);
  mask[at] = 0;
  const sink = new Float32Array([4]);
  const { loss, dx } = sm.crossEntropyGrad(x, [at]);
  return [
    sm.softmax(x),
    sm.softmax(x, { mask }),
    sm.softmax(x, { sink, temperature: 0.5 }),
    sm.logSoftmax(x),
    sm.logSoftmax(x, { mask }),
    sm.logSoftmax(x, { sink }),
    sm.softmin(x),
    sm.softmaxGrad(x, dy),
    sm.logSoftmaxGrad(x, dy),
    sm.logSumExp(x),
    sm.logMeanExp(x, { mask }),
    sm.logSumExpGrad(x, 1.5),
    loss,
    dx,
  ].map(bitsOf);
}

test('memory that grew after the workers started is theirs too', async () => {
  const [one, backend] = [createSoftmax(await wasm()), await wasm({ threads: 2 })];
  const many = createSoftmax(backend);
  const held = many.tensor(new Float32Array(2 ** 24));
  const x = { data: logits(2 ** 18), shape: [4, 2 ** 16] };
  for (let again = 0; again < 20; again++) expect(many.softmax(x).data()).toEqual(one.softmax(x).data());
  held.dispose();
  backend.dispose();
});

test('a share that fails in a worker is a typed error, and the next call is right', async () => {
  const [one, backend] = [createSoftmax(await wasm()), await wasm({ threads: 2 })];
  const problem = { outer: 2, n: 2 ** 17, inner: 1, dtype: 'float32', mean: false } as const;
  const { used } = backend.bytes;
  // The first row is in memory, the second beyond its end.
  const x = { ptr: backend.bytes.total + 2 ** 19, length: 2 ** 18, dtype: 'float32' } as const;
  const inside = backend.upload(new Float32Array(2 ** 17), 'float32');
  const half = { ...x, ptr: backend.bytes.total - 2 ** 19 };
  for (const given of [x, half])
    expect(() => backend.kernels.logSumExp?.(problem, { x: given })).toThrow(
      expect.objectContaining({ code: 'BACKEND_FAILED' }),
    );
  const row = { ...problem, outer: 1, n: 2 ** 18 };
  for (const given of [x, half])
    expect(() => backend.kernels.logSumExp?.(row, { x: given })).toThrow(
      expect.objectContaining({ code: 'BACKEND_FAILED' }),
    );
  backend.free(inside);
  expect(backend.bytes.used - used).toBeLessThan(2 ** 20);
  for (const shape of [
    [2, 2 ** 17],
    [1, 2 ** 18],
  ]) {
    const again = { data: logits(2 ** 18), shape };
    expect(createSoftmax(backend).softmax(again).data()).toEqual(one.softmax(again).data());
  }
  backend.dispose();
});

test('a disposed backend refuses by its code, again and again', async () => {
  const backend = await wasm({ threads: 2 });
  backend.dispose();
  backend.dispose();
  expect(() => backend.empty([1])).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
  expect(() => createSoftmax(backend).softmax([1])).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
});

test.each([0, 1.5, 65, '2', Number.NaN])('%j threads are refused before anything starts', async (threads) => {
  await expect(wasm({ threads: threads as number })).rejects.toMatchObject({ code: 'INVALID_OPTION' });
});

test('a process with workers that nobody disposed of exits by itself', () => {
  const source = `
    import { createSoftmax } from '@softmax/core';
    import { wasm } from '@softmax/wasm';
    const sm = createSoftmax(await wasm({ threads: 3 }));
    process.stdout.write(String(sm.softmax({ data: new Float32Array(2 ** 18), shape: [4, 2 ** 16] }).data()[2 ** 17] * 2 ** 16));
  `;
  const run = () =>
    execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
      cwd: new URL('../../../apps/cli', import.meta.url),
      encoding: 'utf8',
      timeout: 60_000,
    });
  expect(run()).toBe('1');
});
