import { cpu } from '@softmax/core';
import { beforeAll, expect, test } from 'vitest';
import { check, plan } from '../src/index.ts';
import { CASES } from '../src/plan/cases.ts';
import { idOf } from '../src/plan/id.ts';
import { adaptiveMutants } from './mutants/adaptive.ts';
import { crossEntropyGradMutants, crossEntropyMutants } from './mutants/cross-entropy.ts';
import { endlessMutants } from './mutants/endless.ts';
import { hierarchicalMutants } from './mutants/hierarchical.ts';
import { logSoftmaxMutants, logSumExpMutants, softmaxGradMutants } from './mutants/log-softmax.ts';
import { logarithmMutants } from './mutants/logarithms.ts';
import { memoryMutants } from './mutants/memory.ts';
import { backendOf, type Mutant } from './mutants/mutant.ts';
import { neighbourMutants } from './mutants/neighbours.ts';
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
  ...neighbourMutants,
  ...memoryMutants,
  ...endlessMutants,
];

const title = ({ ops, name }: Mutant): string => `${ops[0]}: ${name}`;

/** What is fixed, and for one backend: draws, endurance and pairs are long, and would add little. */
const categories = ['contract', 'special', 'known', 'accuracy', 'law', 'gradient'] as const;
const options = { quick: true, categories } as const;

/** The checks that meet one of these kernels. */
const meeting = (kernels: readonly string[]): ReadonlySet<string> =>
  new Set(CASES.filter(({ needs }) => needs.kernels.some((kernel) => kernels.includes(kernel))).map(idOf));

/** What the reference itself passes: nothing else can tell it from a mutant. */
const passed = new Set<string>();
beforeAll(async () => {
  for (const { id, status } of (await check(cpu(), options)).checks) if (status === 'passed') passed.add(id);
}, 120_000);

test.for(MUTANTS.map((mutant) => [title(mutant), mutant] as const))(
  'the plan kills %s',
  async ([, mutant]) => {
    const met = meeting(Object.keys(mutant.kernels));
    const tried = [...plan(backendOf(mutant), options)].filter(({ id }) => met.has(id) && passed.has(id));
    const killers = new Set<string>();
    for (const each of tried)
      await each.run().catch(() => {
        killers.add(each.category);
      });
    expect(killers.size, `nothing killed it: ${mutant.name}`).toBeGreaterThan(0);
    expect([...killers], 'checks of other categories killed it').toContain(mutant.dies ?? [...killers][0]);
  },
);

test('there are mutants of every kind of mistake', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(MUTANTS.map(title)).size).toBe(MUTANTS.length);
});
