import type { Backend, Mode } from '@softmax/core';
import { beforeAll, describe, test } from 'vitest';
import type { Check, Outcome } from './check.ts';
import { type PlanOptions, plan } from './plan.ts';

/**
 * Registers one test for each check.
 *
 * @param backend a backend, or what makes one before the first test
 */
export function conform<B, M extends Mode>(
  backend: Backend<B, M> | (() => Backend<B, M> | Promise<Backend<B, M>>),
  options: PlanOptions = {},
): void {
  const make = typeof backend === 'function' ? backend : () => backend;
  const checks = new Map<string, Check>();
  const run = (id: string): Promise<Outcome> => {
    const found = checks.get(id);
    if (found) return found.run();
    throw new Error(`no check ${id}`);
  };
  describe(`conformance of ${typeof backend === 'function' ? 'a backend' : backend.name}`, () => {
    beforeAll(async () => {
      for (const each of plan(await make(), options)) checks.set(each.id, each);
    });
    // The ids hang on no backend, so that the tests can be listed before there is one.
    for (const { id } of plan(NOBODY, options)) test(`${id}`, async () => void (await run(id)));
  });
}

const NOBODY: Backend<never, 'sync'> = {
  spec: 1,
  name: 'nobody',
  mode: 'sync',
  dtypes: [],
  kernels: {},
  upload: () => {
    throw new Error('nothing to upload to');
  },
  download: (buffer) => buffer,
  free: () => {},
};
