import { execFileSync } from 'node:child_process';
import { createSoftmax, type Input, type Softmax, type Tensor } from '@softmax/core';
import { expect, test } from 'vitest';
import { type WasmBuffer, wasm } from '../src/index.ts';
import { logits } from './logits.ts';

const MODULES = [true, false];
/** Rows that do not divide by the threads, tails, several blocks, and sizes on both sides of what is split. */
const SHAPES = [
  [1, 262_145],
  [2, 65_536],
  [3, 50_257],
  [7, 20_003],
  [64, 2049],
  [4099, 33],
] as const;

type Solver = Softmax<WasmBuffer, 'sync'>;
/** Every kernel that solves rows, with what else it reads from each of them. */
function results(sm: Solver, rows: number, n: number): readonly Uint32Array[] {
  const x: Input = { data: logits(rows * n), shape: [rows, n] };
  const dy: Input = { data: logits(rows * n, 1, 0.3), shape: [rows, n] };
  const mask = { data: Uint8Array.from(x.data, (_, k) => Number(k % 5 !== 1)), shape: [rows, n] };
  const temperature = {
    data: Float32Array.from({ length: rows }, (_, r) => 0.5 + (r % 3)),
    shape: [rows, 1],
  };
  const classes = Int32Array.from({ length: rows }, (_, r) => (r * 31) % n);
  const perRow = logits(rows, 1, 0.3);
  const loss = sm.crossEntropyGrad(x, classes, { reduction: 'none', zLoss: 0.1 });
  return [
    sm.softmax(x),
    sm.softmax(x, { mask, temperature }),
    sm.logSoftmax(x, { temperature: 3 }),
    sm.softmin(x),
    sm.softmaxGrad(x, dy, { mask }),
    sm.logSoftmaxGrad(x, dy, { temperature }),
    sm.logSumExp(x, { mask }),
    sm.logSumExpGrad(x, perRow),
    sm.crossEntropy(x, classes),
    sm.crossEntropy(x, classes, { labelSmoothing: 0.1 }),
    sm.gumbelSoftmax(x, { seed: 7 }),
    sm.sparsemax(x),
    sm.entmax(x),
    loss.loss,
    loss.dx,
  ].map(bitsOf);
}

function bitsOf(tensor: Tensor<'sync'>): Uint32Array {
  const bits = new Uint32Array((tensor.data() as Float32Array).slice().buffer);
  tensor.dispose();
  return bits;
}

test.each(MODULES)('relaxed %s: more threads than there are cores give the bits of one', async (relaxed) => {
  const [one, backend] = [createSoftmax(await wasm({ relaxed })), await wasm({ relaxed, threads: 3 })];
  const many = createSoftmax(backend);
  for (const [rows, n] of SHAPES)
    expect(results(many, rows, n), `${rows} × ${n}`).toEqual(results(one, rows, n));
  backend.dispose();
});

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
  expect(longRow(three, x, at)).toEqual(longRow(alone, x, at));
});

test('rows that are left over are every thread’s, and the others one thread’s each', () => {
  const x = { data: logits(4 * LONG), shape: [4, LONG] };
  const shared = bitsOf(three.softmax(x));
  expect(shared).toEqual(bitsOf(alone.softmax(x)));
});

test('a long row of which nothing is possible is filled once', () => {
  const x = new Float32Array(LONG).fill(-INF);
  expect(longRow(three, x, 3)).toEqual(longRow(alone, x, 3));
});

/** Every kernel that solves a row together; the class and a mask's only hole are where the row is rare. */
function longRow(sm: Solver, x: Float32Array, at: number): readonly Uint32Array[] {
  const dy = logits(LONG, 1, 0.3);
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
