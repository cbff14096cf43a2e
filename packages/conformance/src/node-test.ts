/// <reference types="node" />
import { before, describe, test } from 'node:test';
import { bind, type Conform } from './binding.ts';

/**
 * Registers one test of Node's own runner for each check, named by its id: `node --test
 * my-backend.test.js`.
 *
 * @param backend a backend, or a function that creates one before the first test
 */
export const conform: Conform = bind({
  describe: (name, body) => void describe(name, body),
  beforeAll: (prepare) => before(prepare),
  test: (name, run) => void test(name, run),
});
