import { cpu, createSoftmax, SoftmaxError } from '@softmax/core';
import { decode, encode } from '../../judge/float.ts';
import { bitsOf, must, outputs } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import { type Case, type Needs, type Trial, unmeasured } from '../../plan/case.ts';
import { counting } from '../../plan/counting.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const NOTHING: Needs = { kernels: [], dtypes: [] };
const SOFTMAX: Needs = { kernels: ['softmax'], dtypes: ['float32'] };
const X = Float32Array.of(1, 2, 3, 4);
const VALUES = [0, -0, 1, -1.5, 2 ** -24, -(2 ** -24), 65504, inf, -inf, nan, 0.333251953125];

/** What all operations share: tensors, the backend's own word, and memory. */
export const tensors: readonly Case[] = [
  make(
    'declaration',
    'a backend that says too little about itself to be tried',
    NOTHING,
    async ({ backend }) => {
      must(backend.spec === 1, `spec ${String(backend.spec)} is not 1`);
      must(backend.name.length > 0, 'no name');
      must(
        backend.mode === 'sync' || backend.mode === 'async',
        `mode ${String(backend.mode)} is neither sync nor async`,
      );
      must(
        backend.dtypes.some((dtype) => dtype.startsWith('float')),
        'no float type',
      );
      const { level = 'S3', float64 = level } = backend.claims ?? {};
      for (const claimed of [level, float64])
        must(['S1', 'S2', 'S3'].includes(claimed), `level ${claimed} is not S1, S2 or S3`);
      for (const { check, reason } of backend.claims?.deviations ?? [])
        must(reason.length > 0, `no reason for ${check}`);
    },
  ),
  make(
    'round-trip',
    'values that change on the way in and out: NaN, −0, subnormals, infinities',
    NOTHING,
    async ({ backend, softmax }) => {
      for (const dtype of ['float16', 'float32', 'float64'] as const) {
        if (!backend.dtypes.includes(dtype)) continue;
        const data = encode(VALUES, dtype);
        const x = softmax.tensor({ data, dtype, shape: [11, 1] });
        must(x.dtype === dtype && `${x.shape}` === '11,1', `${dtype}: got ${x.dtype} [${x.shape}]`);
        const back = decode(await x.data(), dtype);
        for (const [k, value] of VALUES.entries())
          must(Object.is(back[k], value), `${dtype}: ${value} became ${back[k]}`);
        x.dispose();
      }
    },
  ),
  make('copies', 'a tensor that changes with the array it was made from', NOTHING, async ({ softmax }) => {
    const own = X.slice();
    const x = softmax.tensor(own, [2, 2]);
    own.fill(0);
    must(bitsOf(await x.data()) === bitsOf(X), 'the tensor follows its array');
    must(JSON.stringify(await x.toArray()) === '[[1,2],[3,4]]', 'toArray does not nest by shape');
    x.dispose();
    const scalar = softmax.tensor(Float32Array.of(7), []);
    must((await scalar.toArray()) === 7, 'a scalar is not a number');
    scalar.dispose();
  }),
  make(
    'mode',
    'a synchronous backend that gives promises, or an asynchronous one that does not',
    SOFTMAX,
    async ({ backend, softmax }) => {
      const x = softmax.tensor(X);
      const [y, data] = [softmax.softmax(x), x.data()];
      const later = backend.mode === 'async';
      must(
        y instanceof Promise === later && data instanceof Promise === later,
        `results are not ${backend.mode}`,
      );
      await outputs(y);
      x.dispose();
    },
  ),
  make('disposed', 'a tensor read after it was given back, or given back twice', SOFTMAX, async (trial) => {
    const { softmax } = trial;
    const x = softmax.tensor(X);
    x.dispose();
    x.dispose();
    await refuses(trial, 'DISPOSED', () => x.data(), 'reading');
    await refuses(trial, 'DISPOSED', () => softmax.softmax(x), 'softmax');
    await refuses(
      trial,
      'DISPOSED',
      () => softmax.softmaxGrad({ data: X, shape: [4] }, x),
      'dy of softmaxGrad',
    ).catch(unlessAbsent(trial));
  }),
  make(
    'disposed-while-running',
    'a buffer freed under a running kernel, or never',
    SOFTMAX,
    async (trial) => {
      const counted = counting(trial.backend);
      const on = createSoftmax(counted.backend);
      const x = on.tensor(X);
      const expected = await outputs(on.softmax(x));
      const runs = [on.softmax(x), on.softmax(x)];
      x.dispose();
      for (const run of runs) must((await outputs(run))[0]?.bits === expected[0]?.bits, 'a result changed');
      must(
        counted.live() === 0 && counted.faults.length === 0,
        `${counted.live()} buffers left; ${counted.faults.join('; ')}`,
      );
    },
  ),
  make('foreign', "another backend's tensor read as one's own", SOFTMAX, async (trial) => {
    const stranger = createSoftmax({ ...cpu(), name: 'stranger', memory: {} });
    const x = stranger.tensor(X);
    const error = await refuses(
      trial,
      'FOREIGN_TENSOR',
      () => trial.softmax.softmax(x),
      'a tensor of a stranger',
    );
    must(error.message.includes('stranger'), 'the owner is not named');
  }),
  make(
    'read-tensors',
    'labels, weights or a cotangent in a tensor refused, or read after the caller has changed x',
    { kernels: ['crossEntropyGrad'], dtypes: ['float32'] },
    async ({ softmax }) => {
      const x = Float32Array.from(X);
      const [labels, weights] = [[1, 0], Float32Array.of(1, 3)];
      const target = softmax.tensor(labels, [2], 'float32');
      const tokenWeight = softmax.tensor(weights);
      const dy = softmax.tensor(0.5, [], 'float32');
      const options = { reduction: 'sum' } as const;
      const input = { data: x, shape: [2, 2] };
      const host = await softmax.crossEntropyGrad(input, labels, {
        ...options,
        tokenWeight: weights,
        dy: 0.5,
      });
      const call = softmax.crossEntropyGrad(input, target, { ...options, tokenWeight, dy });
      x.fill(9);
      const read = await call;
      must(bitsOf(await read.dx.data()) === bitsOf(await host.dx.data()), 'dx by way of tensors');
      must(bitsOf(await read.loss.data()) === bitsOf(await host.loss.data()), 'loss by way of tensors');
      for (const t of [target, tokenWeight, dy, host.dx, host.loss, read.dx, read.loss]) t.dispose();
    },
  ),
  make(
    'wrong-tensors',
    'tensors where core must look at the values, or of another float type',
    SOFTMAX,
    async (trial) => {
      const { softmax } = trial;
      const x = softmax.tensor(X, [2, 2]);
      await refuses(trial, 'INVALID_SHAPE', () => softmax.crossEntropy(x, x), 'labels of another shape');
      await refuses(
        trial,
        'INVALID_SHAPE',
        () => softmax.softmaxGrad(x, { data: X, shape: [4] }),
        'dy of another shape',
      );
      await refuses(trial, 'INVALID_SHAPE', () => softmax.logSumExpGrad(x, X), 'dy of another shape');
      const other = trial.backend.dtypes.find((dtype) => dtype === 'float64' || dtype === 'float16');
      if (other === 'float64' || other === 'float16') {
        const dy = softmax.tensor([1, 2, 3, 4], [2, 2], other);
        await refuses(trial, 'INVALID_DTYPE', () => softmax.softmaxGrad(x, dy), 'dy of another type');
        dy.dispose();
      }
      x.dispose();
    },
  ),
];

/** A backend without the kernel says so first. */
const unlessAbsent =
  ({ backend }: Trial) =>
  (error: unknown): void => {
    const absent = error instanceof SoftmaxError && error.code === 'UNSUPPORTED';
    if (backend.kernels.softmaxGrad || !absent) throw error;
  };

function make(name: string, mistake: string, needs: Needs, run: (trial: Trial) => Promise<void>): Case {
  return unmeasured({ category: 'contract', op: 'contract', name, mistake, needs }, run);
}
