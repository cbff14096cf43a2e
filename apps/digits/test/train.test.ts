import { cpu } from '@softmax/core';
import { beforeAll, expect, test, vi } from 'vitest';
import { outputs, softmaxOn } from '../src/backend-softmax.ts';
import { type Digits, take } from '../src/digits.ts';
import { accuracy, blank, logits } from '../src/model.ts';
import { random, shuffled } from '../src/random.ts';
import { readDigits } from '../src/read-digits.ts';
import { split } from '../src/split.ts';
import { train } from '../src/train.ts';
import { counting } from './counting.ts';

// Millions of products, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sets: { readonly training: Digits; readonly unseen: Digits };
beforeAll(() => {
  sets = split(readDigits(), 2026);
});

test('it learns: nine unseen digits in ten, with a loss that falls', async () => {
  const losses: number[] = [];
  const onEpoch = (loss: number) => losses.push(loss);
  const model = await train(softmaxOn(cpu()), sets.training, { seed: 1, epochs: 4, onEpoch });
  expect(accuracy(model, sets.unseen)).toBeGreaterThanOrEqual(0.9);
  expect(losses).toEqual(losses.toSorted((a, b) => b - a));
});

test('from labels dealt at random nothing can be learnt, and the measure says so', async () => {
  const { pixels, labels } = sets.training;
  const dealt = Uint8Array.from(shuffled(labels.length, random(3)), (k) => labels[k] ?? 0);
  const model = await train(softmaxOn(cpu()), { pixels, labels: dealt }, { seed: 1, epochs: 1 });
  expect(accuracy(model, sets.unseen)).toBeLessThan(0.4);
});

test('a lesson gives back every buffer that it made', async () => {
  const { backend, live, made } = counting();
  const on = softmaxOn(backend);
  const few = take(sets.training, shuffled(500, random(1)));
  await train(on, few, { seed: 1, epochs: 1 });
  await outputs(on, logits(blank(), few), few.labels);
  expect(made()).toBeGreaterThan(40);
  expect(live()).toBe(0);
});
