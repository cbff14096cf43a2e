import {
  createSoftmax,
  type KernelName,
  type Mode,
  type OpName,
  type Softmax,
  SoftmaxError,
} from '@softmax/core';
import { bitsOf, must, outputs, same } from '../../judge/outputs.ts';
import { isGradient } from '../../operations/described.ts';
import { type Case, needs, type Trial, unmeasured } from '../../plan/case.ts';
import { counting } from '../../plan/counting.ts';
import { type AnyCall, callOf } from './call.ts';
import { hasClassAxis, isSumGrad } from './shapes.ts';

const X = Float32Array.of(0.5, -1.25, 3, 2);
const shape = [2, 2];
const dyShape = (op: OpName): readonly number[] => (isSumGrad(op) ? [2] : shape);
const dyOf = (op: OpName): Float32Array =>
  isSumGrad(op) ? Float32Array.of(1.5, -2) : Float32Array.of(1, -2, 0.5, 3);

/** An operation in another form than `callOf`: other options or targets, and so perhaps another kernel. */
export interface Form {
  /** Begins the names of its checks. */
  readonly prefix: string;
  readonly kernel: KernelName;
  readonly call: AnyCall;
}

/** What every operation owes to the memory of its user and of its backend. */
export function buffers(op: OpName, form?: Form): readonly Case[] {
  const { call = callOf(op) } = form ?? {};
  return memory(op, call).map((each) =>
    form ? { ...each, name: `${form.prefix}-${each.name}`, needs: needs(op, 'float32', form.kernel) } : each,
  );
}

const memory = (op: OpName, call: AnyCall): readonly Case[] => [
  make(
    op,
    'inputs-untouched',
    'an input overwritten, or read and written past its ends',
    async ({ softmax }) => {
      // Sentinels on both sides of what the kernel may see.
      const [x, dy] = [guarded(X), guarded(dyOf(op))];
      const before = [bitsOf(x.all), bitsOf(dy.all)];
      await outputs(call(softmax, { data: x.part, shape }, {}, { data: dy.part, shape: dyShape(op) }));
      must(bitsOf(x.all) === before[0], 'x was changed');
      must(bitsOf(dy.all) === before[1], 'dy was changed');
      const tensors = [softmax.tensor(X, shape), softmax.tensor(dyOf(op), dyShape(op))] as const;
      await outputs(call(softmax, tensors[0], {}, tensors[1]));
      must(bitsOf(await tensors[0].data()) === bitsOf(X), 'the tensor x was changed');
      must(bitsOf(await tensors[1].data()) === bitsOf(dyOf(op)), 'the tensor dy was changed');
      for (const tensor of tensors) tensor.dispose();
    },
  ),
  make(
    op,
    'results-stand-alone',
    'a result that aliases its input, or that changes when the caller goes on',
    async ({ softmax }) => {
      const expected = await outputs(call(softmax, { data: X, shape }));
      const x = X.slice();
      const pending = call(softmax, { data: x, shape });
      x.fill(9);
      same(await outputs(pending), expected, 'x was written to after the call');
      const tensor = softmax.tensor(X, shape);
      const result = call(softmax, tensor);
      tensor.dispose();
      same(await outputs(result), expected, 'x was disposed after the call');
    },
  ),
  make(
    op,
    'tensors-as-inputs',
    'a tensor read otherwise than the same values on the host',
    async ({ softmax }) => {
      const expected = await outputs(
        call(softmax, { data: X, shape }, {}, { data: dyOf(op), shape: dyShape(op) }),
      );
      const [x, dy] = [softmax.tensor(X, shape), softmax.tensor(dyOf(op), dyShape(op))];
      same(await outputs(call(softmax, x, {}, dy)), expected, 'tensors');
      const turned = softmax.tensor(Float32Array.of(0.5, 3, -1.25, 2), shape);
      if (!isGradient(op)) {
        const along = await outputs(call(softmax, turned, { axis: 0 }));
        must(along.length === expected.length, 'axis 0 gives other results');
      }
      for (const tensor of [x, dy, turned]) tensor.dispose();
    },
  ),
  make(
    op,
    'repeated-and-at-once',
    'calls at the same time that share their memory (onnxruntime #27592)',
    async ({ softmax }) => {
      const times = (k: number) => outputs(call(softmax, { data: X.map((v) => v * (k + 1)), shape }));
      const alone = [await times(0), await times(1), await times(2)];
      const together = await Promise.all(Array.from({ length: 12 }, (_, k) => times(k % 3)));
      for (const [k, found] of together.entries()) same(found, alone[k % 3] ?? [], `call ${k} of 12 at once`);
    },
  ),
  make(op, 'freed-exactly-once', 'a buffer that leaks, or that is freed twice', async (trial) => {
    const counted = counting(trial.backend);
    const on = createSoftmax(counted.backend);
    await outputs(call(on, { data: X, shape }));
    const x = on.tensor(X, shape);
    await outputs(call(on, x));
    if (!hasClassAxis(op)) await moved(on, op, call);
    x.dispose();
    x.dispose();
    must(counted.faults.length === 0, counted.faults.join('; '));
    must(counted.live() === 0, `${counted.live()} buffers were not freed`);
  }),
  make(op, 'freed-after-a-failure', 'inputs that leak where the kernel fails', async (trial) => {
    const failure = new Error('the kernel failed');
    const counted = counting(trial.backend, failure);
    const on = createSoftmax(counted.backend);
    const error = await Promise.resolve()
      .then(() => call(on, { data: X, shape }))
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    if (error instanceof SoftmaxError && error.code === 'UNSUPPORTED') throw error;
    must(
      error === failure || (error instanceof Error && error.cause === failure),
      'the failure was swallowed',
    );
    must(counted.live() === 0, `${counted.live()} buffers were not freed`);
  }),
];

/** Axes that are not neighbours are moved on the way in, which takes buffers of its own. */
async function moved(on: Softmax<unknown, Mode>, op: OpName, call: AnyCall): Promise<void> {
  const eight = Float32Array.from({ length: 8 }, (_, k) => k / 3);
  const cube = on.tensor(eight, [2, 2, 2]);
  const dy = isSumGrad(op) ? on.tensor(eight.slice(0, 2), [2]) : on.tensor(eight, [2, 2, 2]);
  await outputs(call(on, cube, { axis: [0, 2] }, dy));
  cube.dispose();
  dy.dispose();
}

function guarded(values: Float32Array): { readonly all: Float32Array; readonly part: Float32Array } {
  const all = new Float32Array(values.length + 16).fill(1234.5);
  all.set(values, 8);
  return { all, part: all.subarray(8, 8 + values.length) };
}

const make = (op: OpName, name: string, mistake: string, run: (trial: Trial) => Promise<void>): Case =>
  unmeasured({ category: 'contract', op, name, mistake, needs: needs(op) }, run);
