import { createSoftmax, type OpName } from '@softmax/core';
import { must, outputs, same } from '../../judge/outputs.ts';
import { isGradient, isLoss } from '../../operations/described.ts';
import { type Case, needs, unmeasured } from '../../plan/case.ts';
import { counting } from '../../plan/counting.ts';
import { callOf } from '../contract/call.ts';

const OPS: readonly OpName[] = [
  'softmax',
  'softmaxGrad',
  'logSoftmax',
  'logSumExp',
  'crossEntropyGrad',
  'sparsemax',
  'entmaxGrad',
  'gumbelSoftmax',
];

/** Two rows of a length that no two neighbouring calls share. */
const input = (k: number) => {
  const n = 1 + (k % 61);
  return { data: Float32Array.from({ length: 2 * n }, (_, at) => ((at * 7 + k) % 13) / 4), shape: [2, n] };
};

const square = { data: Float32Array.of(1, -1, 2, 0.5), shape: [2, 2] };

/** Made, run and disposed of, ten thousand times: as many buffers live at the end as at the start. */
const again = (op: OpName): Case =>
  unmeasured(
    {
      category: 'endurance',
      op,
      name: 'ten-thousand-runs',
      mistake: 'buffers or sessions that pile up (onnxruntime #21673), or a result that drifts',
      needs: needs(op),
    },
    async (trial) => {
      const counted = counting(trial.backend);
      const on = createSoftmax(counted.backend);
      const first = await outputs(callOf(op)(on, square));
      const base = counted.live();
      const times = trial.quick ? 200 : trial.examples * 10;
      for (let k = 0; k < times; k++) {
        const x = on.tensor(square);
        await outputs(callOf(op)(on, x));
        x.dispose();
        must(counted.live() === base, `${counted.live()} buffers live after run ${k}, ${base} before`);
      }
      same(await outputs(callOf(op)(on, square)), first, `after ${times} runs`);
      must(counted.faults.length === 0, counted.faults.join('; '));
    },
  );

/** Two hundred calls of many shapes, started before any has ended. */
const atOnce = (op: OpName): Case =>
  unmeasured(
    {
      category: 'endurance',
      op,
      name: 'two-hundred-at-once',
      mistake: 'calls that share a session, a result or scratch memory (onnxruntime #27592)',
      needs: needs(op),
    },
    async (trial) => {
      const counted = counting(trial.backend);
      const on = createSoftmax(counted.backend);
      const given = (k: number) => (isLoss(op) || isGradient(op) ? square : input(k % 40));
      const scaled = (k: number) => {
        const { data, shape } = given(k);
        return { data: data.map((v) => v * (1 + (k % 40))), shape };
      };
      const alone = [];
      for (let k = 0; k < 40; k++) alone.push(await outputs(callOf(op)(on, scaled(k))));
      const calls = Array.from({ length: 200 }, (_, k) => callOf(op)(on, scaled(k)));
      const together = await Promise.all(calls.map(outputs));
      for (const [k, found] of together.entries())
        same(found, alone[k % 40] ?? [], `call ${k} of 200 at once`);
      must(counted.live() === 0, `${counted.live()} buffers were not freed`);
    },
  );

/** A wrong call, a failing kernel, and then a right one. */
const recovers = (op: OpName): Case =>
  unmeasured(
    {
      category: 'endurance',
      op,
      name: 'right-after-wrong',
      mistake: 'a failed call that poisons the next (onnxruntime #13445)',
      needs: needs(op),
    },
    async (trial) => {
      const expected = await outputs(callOf(op)(trial.softmax, square));
      const broken = createSoftmax(counting(trial.backend, new Error('the kernel failed')).backend);
      for (let k = 0; k < 5; k++) {
        const failed = await Promise.resolve()
          .then(() => outputs(callOf(op)(broken, square)))
          .then(
            () => false,
            () => true,
          );
        must(failed, 'a failing kernel gave a result');
        same(await outputs(callOf(op)(trial.softmax, square)), expected, `after failure ${k}`);
      }
    },
  );

export const runs: readonly Case[] = OPS.flatMap((op) => [again(op), atOnce(op), recovers(op)]);

/** The names and operations of those that calls at the same time could disturb. */
export const DISTURBED: readonly Case[] = OPS.flatMap((op) => [atOnce(op), recovers(op)]);
