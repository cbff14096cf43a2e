import { type Candidate, opened } from '@softmax/cli';
import { cpu, SoftmaxError } from '@softmax/core';
import { expect, test, vi } from 'vitest';
import { agreement } from '../src/agreement.ts';
import { take } from '../src/digits.ts';
import { lesson } from '../src/lesson.ts';
import { random, shuffled } from '../src/random.ts';
import { readDigits } from '../src/read-digits.ts';

// 21 MB of JSON to read, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000 });

const few = () => {
  const digits = take(readDigits(), shuffled(10_000, random(1)).slice(0, 600));
  return { training: digits, unseen: digits };
};

test('a runtime that is not installed costs one line and nothing else', async () => {
  const error = new SoftmaxError('MISSING_RUNTIME', 'far', 'no runtime', 'npm install far');
  const far: Candidate = { name: 'far', about: '', open: () => Promise.reject(error) };
  let text = '';
  const taught = await lesson(far, few(), undefined, (part) => {
    text += part;
  });
  expect(taught).toBeUndefined();
  expect(text).toMatch(/^far +not here: far: got no runtime; allowed: npm install far\n$/);
});

test('a backend is closed after its lesson, and two that are the same agree to the bit', async () => {
  let closed = 0;
  const open = async () => opened(cpu(), async () => void closed++);
  const taught = await lesson({ name: 'one', about: '', open }, few(), undefined, () => {});
  expect(closed).toBe(1);
  const pair = taught && agreement([taught, { ...taught, name: 'two' }]);
  expect(pair?.at(-1)).toMatch(/^one +two +0 ulp +0 ulp +0 ulp +0\.0e\+0$/);
});
