import assert from 'node:assert/strict';
import { check } from '@softmax/conformance';
import { cpu } from '@softmax/core';

const count = ({ checks }, wanted) => checks.filter(({ status }) => status === wanted).length;
const options = { quick: true, ops: ['softmax', 'crossEntropy'] };

const honest = await check(cpu(), options);
assert.equal(count(honest, 'failed'), 0);
assert.ok(count(honest, 'passed') > 100);

// A suite that passes everything proves nothing.
const { softmax } = cpu().kernels;
const broken = {
  ...cpu(),
  kernels: { ...cpu().kernels, softmax: (problem, { x }) => softmax({ ...problem, softcap: 30 }, { x }) },
};
assert.ok(count(await check(broken, options), 'failed') > 10);
