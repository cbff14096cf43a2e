import { beforeAll, describe, test } from 'vitest';
import { bind, type Conform } from './binding.ts';

/**
 * Registers one [vitest](https://vitest.dev) test for each check, named by its id.
 *
 * @param backend a backend, or a function that creates one before the first test
 */
export const conform: Conform = bind({ describe, beforeAll, test: (name, run) => test(`${name}`, run) });
