import { createSoftmax } from '@softmax/core';
import { bitsOf, must, type Output, outputs, same } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import { type Case, needs, type Trial, unmeasured } from '../../plan/case.ts';
import { counting } from '../../plan/counting.ts';
import { askOf, type ClusterOp, H, of, type TreeOp, WEIGHT } from './asks.ts';
import { wrongCalls } from './wrong-calls.ts';

type Op = TreeOp | ClusterOp;

const bits = (list: readonly Output[]): string => list.map((each) => each.bits).join('|');

/** What these operations owe to the memory of their user, and what they take for numbers. */
export const contract = (op: Op): readonly Case[] => {
  const ask = askOf(op);
  const make = (name: string, mistake: string, run: (trial: Trial) => Promise<void>): Case =>
    unmeasured({ category: 'contract', op, name, mistake, needs: needs(op) }, run);
  return [
    make(
      'inputs-untouched',
      'an input overwritten, or read and written past its ends',
      async ({ softmax }) => {
        const [h, w] = [guarded(H), guarded(WEIGHT)];
        const before = [bitsOf(h.all), bitsOf(w.all)];
        const weight = { data: w.part, shape: [2, 2] };
        await outputs(
          ask(softmax, { h: { data: h.part, shape: [2, 2] }, weight, parameters: { head: weight } }),
        );
        must(bitsOf(h.all) === before[0], 'h was changed');
        must(bitsOf(w.all) === before[1], 'the weights were changed');
      },
    ),
    make('results-stand-alone', 'a result that changes when the caller goes on', async ({ softmax }) => {
      const expected = await outputs(ask(softmax));
      const [h, w] = [Float32Array.from(H), Float32Array.from(WEIGHT)];
      const target = Int32Array.of(0, 2);
      const weight = { data: w, shape: [2, 2] };
      const pending = ask(softmax, {
        h: { data: h, shape: [2, 2] },
        weight,
        target,
        parameters: { head: weight },
      });
      h.fill(9);
      w.fill(9);
      target.fill(1);
      same(await outputs(pending), expected, 'its inputs were written to after the call');
    }),
    make(
      'tensors-as-inputs',
      'a tensor read otherwise than the same values on the host',
      async ({ softmax }) => {
        const expected = await outputs(ask(softmax));
        const [h, weight] = [
          softmax.tensor(Float32Array.from(H), [2, 2]),
          softmax.tensor(Float32Array.from(WEIGHT), [2, 2]),
        ];
        same(await outputs(ask(softmax, { h, weight, parameters: { head: weight } })), expected, 'tensors');
        h.dispose();
        weight.dispose();
      },
    ),
    make('any-batch-rank', 'rows that must be a matrix', async ({ softmax }) => {
      const expected = await outputs(ask(softmax));
      const target = [[[0], [2]]];
      const dy = of([1, -2, 0.5, 3, 0, -1], 1, 2, 1, 3);
      // The cotangents of log-probabilities are flat, which fits any shape.
      const cube = await outputs(ask(softmax, { h: of(H, 1, 2, 1, 2), target, dy }));
      must(bits(cube) === bits(expected), 'other values for h of rank 4');
    }),
    make('repeated-and-at-once', 'calls at the same time that share their memory', async ({ softmax }) => {
      const call = (k: number) =>
        outputs(
          ask(softmax, {
            h: of(
              H.map((v) => v * (k + 1)),
              2,
              2,
            ),
          }),
        );
      const alone = [await call(0), await call(1)];
      const together = await Promise.all(Array.from({ length: 8 }, (_, k) => call(k % 2)));
      for (const [k, found] of together.entries()) same(found, alone[k % 2] ?? [], `call ${k} of 8 at once`);
    }),
    make('freed-exactly-once', 'a buffer that leaks, or that is freed twice', async (trial) => {
      const counted = counting(trial.backend);
      const on = createSoftmax(counted.backend);
      await outputs(ask(on));
      const h = on.tensor(Float32Array.from(H), [2, 2]);
      await outputs(ask(on, { h }));
      h.dispose();
      must(counted.faults.length === 0, counted.faults.join('; '));
      must(counted.live() === 0, `${counted.live()} buffers were not freed`);
    }),
    make('size-0', 'an empty batch sent to a runtime', async ({ softmax }) => {
      const list = await outputs(ask(softmax, EMPTIED));
      for (const { data, shape } of list) {
        const size = shape.reduce((a, b) => a * b, 1);
        must(data.length === size, `${data.length} values in [${shape}]`);
        must(
          Array.from(data).every((v) => v === 0),
          `${Array.from(data)} for no rows`,
        );
      }
    }),
    make('integers-and-numbers', 'integers that stay integers', async ({ softmax }) => {
      const parameters = { head: of([1, 2, 3, 4], 2, 2) };
      const weight = of([1, 2, 3, 4], 2, 2);
      const expected = await outputs(ask(softmax, { h: of([1, 0, 2, 5], 2, 2), weight, parameters }));
      const h = { data: Int32Array.of(1, 0, 2, 5), shape: [2, 2] };
      const whole = { data: Uint8Array.of(1, 2, 3, 4), shape: [2, 2] };
      same(
        await outputs(ask(softmax, { h, weight: whole, parameters: { head: whole } })),
        expected,
        'integers',
      );
    }),
    {
      category: 'contract',
      op,
      name: 'wrong-dtype',
      mistake: 'weights in a tensor of another float type than the features, read bit by bit',
      needs: { kernels: [], dtypes: ['float64'] },
      async run(trial) {
        const weight = trial.softmax.tensor(WEIGHT, [2, 2], 'float64');
        const call = () => ask(trial.softmax, { weight, parameters: { head: weight } });
        await refuses(trial, 'INVALID_DTYPE', call, 'weights of float64');
        weight.dispose();
        return undefined;
      },
    },
    ...wrongCalls(op),
  ];
};

const EMPTIED = { h: of([], 0, 2), target: [], dy: of([], 0, 3), cotangent: [] };

function guarded(values: readonly number[]): { readonly all: Float32Array; readonly part: Float32Array } {
  const all = new Float32Array(values.length + 16).fill(1234.5);
  all.set(values, 8);
  return { all, part: all.subarray(8, 8 + values.length) };
}
