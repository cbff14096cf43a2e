import type { Backend, Mode } from '@softmax/core';
import type { Check } from './plan/check.ts';
import { type PlanOptions, plan } from './plan/plan.ts';

/** What a test runner must have. */
export interface Runner {
  readonly describe: (name: string, body: () => void) => void;
  readonly beforeAll: (prepare: () => Promise<void>) => void;
  readonly test: (name: string, run: () => Promise<void>) => void;
}

/** Registers one test for each check of a backend, or of what makes one before the first test. */
export type Conform = <B, M extends Mode>(
  backend: Backend<B, M> | (() => Backend<B, M> | Promise<Backend<B, M>>),
  options?: PlanOptions,
) => void;

/** A runner's `conform`. */
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
      // The ids hang on no backend, so that the tests can be listed before there is one.
      for (const { id, mistake } of plan(NOBODY, options)) test(id, () => run(id).catch(explained(mistake)));
    });
  };

/** The same error, which now also says what the check exists for. */
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
