import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpu, cpuKernels } from '@softmax/core';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import {
  type BackendReport,
  check,
  type Report,
  SCHEMA,
  SUITE,
  summarize,
  worstByRow,
} from '../src/index.ts';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'schemas', 'report.schema.json'), 'utf8'),
) as object;
const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

/** Loses NaN, and half of every log-probability; float64 is refused. */
const wrong = {
  ...cpu(),
  dtypes: ['float32', 'float16'] as const,
  kernels: {
    ...cpuKernels,
    logSoftmax: (...[problem, inputs]: Parameters<typeof cpuKernels.logSoftmax>) => {
      const y = cpuKernels.logSoftmax(problem, inputs).y.map((v) => (v !== v ? 0 : v / 2));
      return { y };
    },
  },
};

const options = { quick: true, ops: ['logSoftmax', 'softmax'] } as const;
const report: Report = {
  schema: SCHEMA,
  suite: SUITE,
  date: new Date(0).toISOString(),
  options,
  machine: { platform: 'linux', arch: 'x64', cpus: 2, runtime: 'node 24.21.0' },
  backends: [await check(wrong, options)],
};
const checks = report.backends.flatMap((each) => each.checks);
const reread: unknown = JSON.parse(JSON.stringify(report));

test('a report has the form that its schema tells, also where values are wrong and not finite', () => {
  expect(new Set(checks.map(({ status }) => status))).toEqual(new Set(['passed', 'failed', 'refused']));
  expect(checks.some(({ worst }) => worst?.expected === 'NaN')).toBe(true);
  expect(valid(reread), JSON.stringify(valid.errors)).toBe(true);
  // What JSON.stringify turns infinities and NaN into would be lost.
  expect(reread).toEqual(report);
});

test.each([
  ['another version of the form', { schema: 2 }],
  ['no machine', { machine: undefined }],
  ['an unknown state', { backends: [{ ...report.backends[0], checks: [{ ...checks[0], status: 'ok' }] }] }],
  [
    'a failure without a message',
    { backends: [{ ...report.backends[0], checks: [{ ...checks[0], status: 'failed' }] }] },
  ],
])('the schema refuses %s', (_, change) => {
  expect(valid(JSON.parse(JSON.stringify({ ...report, ...change })))).toBe(false);
});

test('an accuracy check says its worst error for each row length', () => {
  const found = checks.find(({ id }) => id === 'accuracy/softmax/uniform-10');
  expect(found?.errors?.map(({ dtype }) => dtype)).toEqual(found?.errors?.map(() => 'float32'));
  const lengths = found?.errors?.map(({ n }) => n) ?? [];
  expect(lengths).toContain(64);
  expect(lengths).toEqual([...new Set(lengths)].sort((a, b) => a - b));
  expect(Math.max(...(found?.errors ?? []).map(({ ulp }) => ulp))).toBe(found?.ulp);
});

/** The reference, but what is below the smallest normal float32 is 0. */
const flushing = {
  ...cpu(),
  dtypes: ['float32'] as const,
  claims: { level: 'S1', subnormals: false } as const,
  kernels: {
    softmax: (...[problem, inputs]: Parameters<typeof cpuKernels.softmax>) => ({
      y: cpuKernels.softmax(problem, inputs).y.map((p) => (p < 2 ** -126 ? 0 : p)),
    }),
  },
};

test('results that a backend flushes as it declares do not hide the error of those that it keeps', async () => {
  const whole = await check(flushing, { quick: true, ops: ['softmax'], categories: ['accuracy'] });
  const { checks: found } = whole;
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['passed', 'refused']));
  const errors = found.flatMap((each) => each.errors ?? []);
  const flushed = errors.filter(({ kept }) => kept !== undefined);
  expect(flushed.length).toBeGreaterThan(0);
  expect(flushed.length).toBeLessThan(errors.length);
  expect(Math.min(...flushed.map(({ ulp }) => ulp))).toBeGreaterThan(100);
  // One rounding of what is computed in float64.
  expect(Math.max(...errors.map(({ ulp, kept = ulp }) => kept))).toBeLessThanOrEqual(0.5 + 2 ** -20);
  expect(summarize(whole)[0]?.ulps.float32).toBeLessThanOrEqual(0.5 + 2 ** -20);
  // Another measurement of the same rows takes nothing away.
  const more = errors.map(({ dtype, n }) => ({ dtype, n, ulp: 0 }));
  expect(worstByRow([...more, ...errors, ...more])).toEqual(worstByRow(errors));
});

test('a wrong value is told as numbers, beside the message', () => {
  const found = checks.find(({ id }) => id === 'accuracy/log-softmax/uniform-10');
  expect(found?.worst).toMatchObject({ dtype: 'float32', index: expect.any(Number) });
  const { expected, got } = found?.worst ?? {};
  expect(got).toBeCloseTo(Number(expected) / 2, 5);
  expect(found?.message).toContain(`[${found?.worst?.index}] expected ${expected}, got ${got}`);
});

test('what must be NaN is no matter of ulp', () => {
  const lost = checks.filter(({ worst }) => worst?.expected === 'NaN');
  expect(lost.length).toBeGreaterThan(0);
  for (const { message } of lost)
    expect(message).toMatch(/\[\d+\] expected NaN, got [^:]+: no other value of float\d\d is allowed \(S3\)/);
});

test('the worst element of a long row, judged in blocks, is told by its place in the result', async () => {
  const [n, at] = [151936, 70_001];
  const kernels = {
    ...cpuKernels,
    softmax: (...[problem, inputs]: Parameters<typeof cpuKernels.softmax>) => {
      const { y } = cpuKernels.softmax(problem, inputs);
      if (problem.n === n) y[at] = 0.5;
      return { y };
    },
  };
  const { checks: long } = await check({ ...cpu(), kernels }, { ids: [`accuracy/softmax/rows-of-${n}`] });
  expect(long[0]?.worst).toMatchObject({ index: at, n, got: 0.5 });
});

test('an error of one type is no error of another', () => {
  const [first] = report.backends;
  const ulps = summarize(first as BackendReport).map((each) => each.ulps);
  const worst = (op: string, dtype: string) =>
    checks
      .filter((each) => each.op === op && each.category === 'accuracy')
      .flatMap((each) => [...(each.errors ?? []), ...(each.worst ? [each.worst] : [])])
      .flatMap((each) => (each.dtype === dtype ? [Number(each.ulp)] : []));
  expect(ulps[0]).toEqual({
    float32: Math.max(...worst('softmax', 'float32')),
    float16: Math.max(...worst('softmax', 'float16')),
  });
  // What failed is no better than what did not.
  expect(ulps[1]?.float32).toBe(Math.max(...worst('logSoftmax', 'float32')));
  expect(ulps[1]?.float32).toBeGreaterThan(1e6);
});

test('one check runs by its id, several by a beginning', async () => {
  const one = await check(cpu(), { ...options, ids: ['accuracy/softmax/ties'] });
  expect(one.checks.map(({ id }) => id)).toEqual(['accuracy/softmax/ties']);
  const some = await check(cpu(), { ...options, ids: ['accuracy/softmax/*'] });
  expect(some.checks.length).toBeGreaterThan(1);
  for (const { id } of some.checks) expect(id).toMatch(/^accuracy\/softmax\//);
});

test('a run ends at the next check once it is told to, with the reason given', async () => {
  const stop = new AbortController();
  const seen: string[] = [];
  const onCheck = ({ id }: { readonly id: string }) => {
    seen.push(id);
    stop.abort(new Error('enough'));
  };
  await expect(check(cpu(), { ...options, signal: stop.signal, onCheck })).rejects.toThrow('enough');
  expect(seen.length).toBe(1);
});
