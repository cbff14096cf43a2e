import * as ops from '@softmax/core/ops';
import { describe, expect, test } from 'vitest';
import { apart, VECTORS } from './vectors.ts';

/** S3 in float32; in float64, which nothing in a graph is wider than, S2. */
const ALLOWED = { float32: 1, float64: 8 };

describe.each(['float32', 'float64'] as const)('an exported model gives what mpmath gives: %s', (dtype) => {
  test.each(Object.keys(ops))('%s', async (operation) => {
    const found = [];
    for (const vector of VECTORS[dtype].filter(({ op }) => op === operation))
      found.push(await apart(vector, dtype));
    expect(found.flat()).not.toEqual([]);
    expect(found.flat().filter(({ eps }) => !(eps <= ALLOWED[dtype]))).toEqual([]);
  });
});
