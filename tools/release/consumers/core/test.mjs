import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpu, createSoftmax, softmax } from '@softmax/core';

assert.deepEqual(
  readdirSync('node_modules').filter((name) => !name.startsWith('.')),
  ['@softmax'],
);
assert.deepEqual(readdirSync('node_modules/@softmax'), ['core']);
assert.deepEqual(
  softmax([1000, 1001, 1002]).toArray(),
  [0.09003057317038046, 0.24472847105479764, 0.6652409557748218],
);
assert.equal(
  createSoftmax(cpu())
    .crossEntropy([[0, 0]], [1])
    .toArray(),
  Math.LN2,
);

// From 20.19 and 22.12 on, require() loads ES modules too.
const required = createRequire(import.meta.url)('@softmax/core');
assert.equal(required.softmax, softmax);
