import { createSoftmax } from '@softmax/core';
import { must, outputs, same } from '../../judge/outputs.ts';
import { refuses } from '../../judge/refusal.ts';
import { type AnyBackend, type Case, type Trial, unmeasured } from '../../plan/case.ts';

const X = Float32Array.of(1, 2, 3, 4);

const life = (name: string, mistake: string, run: (trial: Trial) => Promise<void>, breaks = false): Case => ({
  ...unmeasured(
    {
      category: 'endurance',
      op: 'contract',
      name,
      mistake,
      needs: { kernels: ['softmax'], dtypes: ['float32'] },
    },
    run,
  ),
  told: breaks ? 'breaks' : 'make',
});

const made = async ({ make }: Trial): Promise<AnyBackend> => {
  if (!make) throw new Error('the suite has no function that makes a backend');
  return make();
};
const solve = (backend: AnyBackend) => outputs(createSoftmax(backend).softmax(X));

/** What needs another backend of the same kind. */
export const lives: readonly Case[] = [
  life('made-again', 'a runtime that starts only once, or that leaves something behind', async (trial) => {
    const expected = await outputs(trial.softmax.softmax(X));
    for (let k = 0; k < (trial.quick ? 2 : 20); k++) {
      const backend = await made(trial);
      same(await solve(backend), expected, `backend ${k}`);
      await backend.dispose?.();
    }
  }),
  life('side-by-side', 'backends that share their state, or end each other', async (trial) => {
    const [a, b] = [await made(trial), await made(trial)];
    const expected = await solve(a);
    same(await solve(b), expected, 'beside another');
    await a.dispose?.();
    same(await solve(b), expected, 'after the other was disposed of');
    await b.dispose?.();
    same(await outputs(trial.softmax.softmax(X)), expected, 'the first of all');
  }),
  life(
    'nothing-after-the-end',
    'a backend that goes on after it was disposed of, or crashes',
    async (trial) => {
      const backend = await made(trial);
      await solve(backend);
      if (!backend.dispose) return;
      await backend.dispose();
      await refuses(
        { ...trial, backend },
        'DISPOSED',
        () => createSoftmax(backend).softmax(X),
        'a call after the end',
      );
    },
  ),
  life(
    'after-a-failed-start',
    'a failed start that poisons the next (onnxruntime #13445)',
    async (trial) => {
      const expected = await outputs(trial.softmax.softmax(X));
      const failed = await Promise.resolve()
        .then(trial.breaks)
        .then(
          () => false,
          () => true,
        );
      must(failed, 'the start that must fail did not');
      const backend = await made(trial);
      same(await solve(backend), expected, 'a backend made after a failure');
      await backend.dispose?.();
    },
    true,
  ),
];
