import { cpu } from '@softmax/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { check, plan } from '../src/index.ts';
import { adaptiveMutants } from './mutants/adaptive.ts';
import { crossEntropyGradMutants, crossEntropyMutants } from './mutants/cross-entropy.ts';
import { hierarchicalMutants } from './mutants/hierarchical.ts';
import { logSoftmaxMutants, logSumExpMutants, softmaxGradMutants } from './mutants/log-softmax.ts';
import { logarithmMutants } from './mutants/logarithms.ts';
import { backendOf, type Mutant } from './mutants/mutant.ts';
import { softmaxMutants } from './mutants/softmax.ts';
import { sparseMutants } from './mutants/sparse.ts';

const MUTANTS: readonly Mutant[] = [
  ...softmaxMutants,
  ...softmaxGradMutants,
  ...logSoftmaxMutants,
  ...logSumExpMutants,
  ...crossEntropyMutants,
  ...crossEntropyGradMutants,
  ...logarithmMutants,
  ...sparseMutants,
  ...hierarchicalMutants,
  ...adaptiveMutants,
];

const killers = new Map<string, string>();
const title = ({ ops, name }: Mutant): string => `${ops[0]}: ${name}`;

/** What the reference itself passes: nothing else can tell it from a mutant. */
const passed = new Set<string>();
beforeAll(async () => {
  for (const { id, status } of (await check(cpu(), { quick: true })).checks)
    if (status === 'passed') passed.add(id);
}, 60_000);

for (const mutant of MUTANTS)
  test(`the plan kills ${title(mutant)}`, async () => {
    for (const each of plan(backendOf(mutant), { ops: mutant.ops, quick: true })) {
      if (!passed.has(each.id)) continue;
      const dies = await each.run().then(
        () => false,
        () => true,
      );
      if (!dies) continue;
      killers.set(title(mutant), each.id);
      return;
    }
    expect.fail(`nothing killed it: ${mutant.name}`);
  });

test('there are mutants of every kind of mistake', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(MUTANTS.map(title)).size).toBe(MUTANTS.length);
});

afterAll(() => {
  const lines = [...killers].map(([name, id]) => `  ${name.padEnd(58)} ${id}`);
  console.log(`${killers.size} of ${MUTANTS.length} mutants killed\n${lines.join('\n')}`);
});
