import type { Backend, Mode } from '@softmax/core';
import type { Check } from './plan/check.ts';
import { type PlanOptions, plan } from './plan/plan.ts';

/** The functions that a test runner must provide. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => void;
  readonly beforeAll: (prepare: () => Promise<void>) => void;
  readonly test: (name: string, run: () => Promise<void>) => void;
}

/**
 * Registers one test for each check of a backend, or of a function that creates one before the
 * first test.
 */
export type Conform = <B, M extends Mode>(
  backend: Backend<B, M> | (() => Backend<B, M> | Promise<Backend<B, M>>),
  options?: PlanOptions,
) => void;

/** The type of a runner's `conform`. */
export const bind =
  ({ describe, beforeAll, test }: Runner): Conform =>
  (backend, options = {}) => {
    const make = typeof backend === 'function' ? backend : () => backend;
    const checks = new Map<string, Check>();
    const run = async (id: string): Promise<void> => {
      const found = checks.get(id);
      if (!found) throw new Error(`no check ${id}`);
      await found.run();
    };
    describe(`conformance of ${typeof backend === 'function' ? 'a backend' : backend.name}`, () => {
      beforeAll(async () => {
        for (const each of plan(await make(), options)) checks.set(each.id, each);
      });
      // The ids do not depend on the backend, so the tests can be listed before it exists.
      for (const { id, mistake } of plan(NOBODY, options)) test(id, () => run(id).catch(explained(mistake)));
    });
  };

/** Returns the error with the mistake that the check detects. */
const explained = (mistake: string) => (error: unknown) => {
  if (error instanceof Error) error.message += `\ncatches: ${mistake}`;
  throw error;
};

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
