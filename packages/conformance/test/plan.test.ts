import { type Backend, type Claims, cpu, cpuKernels, type Host } from '@softmax/core';
import { describe, expect, test } from 'vitest';
import { type Check, check, plan, summarize } from '../src/index.ts';
import type { Part, Ran } from '../src/plan/case.ts';

const quick = { quick: true } as const;
const named = (backend: Backend<Host, 'sync'>, id: string, options = {}): Check => {
  const found = [...plan(backend, { ...quick, ...options })].find((each) => each.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
};

const ID = 'accuracy/softmax/uniform-10';
/** Right, but for 3 to 6 ulp. */
const rough = (claims: Claims): Backend<Host, 'sync'> => ({
  ...cpu(),
  claims,
  kernels: {
    ...cpuKernels,
    softmax: (p, inputs) => ({ y: cpuKernels.softmax(p, inputs).y.map((v) => v * (1 + 3 * 2 ** -23)) }),
  },
});

test('ids are unique, kebab-case and the same for every backend', () => {
  const ids = [...plan(cpu())].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]+\/[a-z-]+\/[a-z0-9-]+$/);
  expect([...plan({ ...cpu(), dtypes: [], kernels: {} })].map(({ id }) => id)).toEqual(ids);
});

test('categories, operations and seeds are chosen', () => {
  const some = [...plan(cpu(), { categories: ['law'], ops: ['softmin', 'contract'] })];
  expect(some.length).toBeGreaterThan(0);
  for (const { category, op } of some) expect([category, op]).toEqual(['law', 'softmin']);
});

describe('levels', () => {
  test('a check states the strictest level that its values reach', async () => {
    const { level, ulp } = await named(rough({ level: 'S1' }), ID).run();
    expect(level).toBe('S2');
    expect(ulp).toBeGreaterThan(2);
  });

  test('values below the level that is claimed fail, with the worst element', async () => {
    await expect(named(rough({ level: 'S3' }), ID).run()).rejects.toMatchObject({ name: 'Mismatch' });
    await expect(named(rough({ level: 'S3' }), ID, { level: 'S2' }).run()).resolves.toMatchObject({
      status: 'passed',
    });
  });
});

describe('deviations', () => {
  const deviating = (pattern: string, claims: Partial<Claims> = {}) =>
    rough({ level: 'S3', ...claims, deviations: [{ check: pattern, reason: 'rough' }] });

  test('what fails as declared is deviating', async () => {
    expect(await named(deviating(ID), ID).run()).toEqual({ status: 'deviating' });
    expect(await named(deviating('accuracy/softmax/*'), ID).run()).toEqual({ status: 'deviating' });
  });

  test('what passes though declared is stale, and fails', async () => {
    await expect(named(deviating(ID, { level: 'S1' }), ID).run()).rejects.toThrow(/stale/);
  });
});

describe('gaps', () => {
  test('a kernel or a dtype that is not declared is refused', async () => {
    const { softmax } = cpuKernels;
    const narrow = { ...cpu(), dtypes: ['float32'], kernels: { softmax } } as const;
    expect(await named(narrow, ID).run()).toMatchObject({ status: 'passed' });
    expect(await named(narrow, 'accuracy/softmax/uniform-10-float64').run()).toEqual({ status: 'refused' });
    expect(await named(narrow, 'accuracy/log-softmax/uniform-10').run()).toEqual({ status: 'refused' });
    expect(await named(narrow, 'law/log-softmax/exponential-is-softmax').run()).toEqual({
      status: 'refused',
    });
  });

  test('a kernel that is declared must not refuse', async () => {
    const { checks } = await check({ ...cpu(), dtypes: ['float32'] }, { ...quick, ops: ['softmax'] });
    expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
  });
});

test('a report counts every check once, and sums up the accuracy checks of each operation', async () => {
  const seen: number[] = [];
  const options = {
    ...quick,
    ops: ['softmax', 'logSumExp'],
    onCheck: (_: unknown, done: number) => seen.push(done),
  } as const;
  const report = await check(rough({ level: 'S1' }), options);
  expect(seen).toEqual(report.checks.map((_, k) => k + 1));
  expect(report).toMatchObject({ backend: 'cpu', claims: 'S1' });
  const [softmax, logSumExp] = summarize(report);
  expect(logSumExp).toMatchObject({
    backend: 'cpu',
    op: 'logSumExp',
    level: 'S3',
    failed: 0,
    refused: 0,
    deviating: 0,
  });
  expect(softmax?.op).toBe('softmax');
  const total = (softmax?.passed ?? 0) + (softmax?.failed ?? 0) + (logSumExp?.passed ?? 0);
  expect(total).toBe(report.checks.length);
});

describe('in several threads', () => {
  const id = 'endurance/contract/several-threads';
  const ran = (of: (part: Part) => Ran) =>
    check(cpu(), { ...quick, ids: [id], worker: async (part) => of(part) });
  const passed = ({ ids }: Part): Ran => ({ checks: ids.map((each) => ({ id: each, status: 'passed' })) });

  test('nothing is tried where the suite was not told how to start one', async () => {
    expect((await check(cpu(), { ...quick, ids: [id] })).checks).toEqual([]);
  });

  test('each runs calls at the same time, and values that are judged', async () => {
    const parts: Part[] = [];
    const { checks } = await ran((part) => {
      parts.push(part);
      return passed(part);
    });
    expect(checks.map(({ status }) => status)).toEqual(['passed']);
    expect(parts.length).toBe(2);
    expect(parts[0]?.ids).toContain('endurance/softmax/two-hundred-at-once');
    const planned = [...plan(cpu(), quick)].map((each) => each.id);
    for (const each of parts[0]?.ids ?? []) expect(planned).toContain(each);
  });

  test.each([
    ['that runs nothing', () => ({ checks: [] }), /^thread 0 ran 0 of \d+ checks$/],
    [
      'in which a check fails',
      (part: Part): Ran => ({
        checks: passed(part).checks.with(1, { id: 'law/x/y', status: 'failed', message: 'no' }),
      }),
      /^thread 0 of 2, law\/x\/y: no$/,
    ],
    [
      'that dies',
      () => {
        throw new Error('gone');
      },
      /^gone$/,
    ],
  ])('a thread %s is a failure', async (_, of, message) => {
    const { checks } = await ran(of);
    expect(checks.map((each) => each.status)).toEqual(['failed']);
    expect(checks[0]?.message).toMatch(message);
  });

  test('a thread that dies does not end the check before the calls beside it: their backend is disposed of then', async () => {
    const told: string[] = [];
    const kernels = {
      softmax: async (...args: Parameters<typeof cpuKernels.softmax>) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        told.push('call');
        return cpuKernels.softmax(...args);
      },
    };
    const download = async (buffer: Host) => buffer;
    const slow = { ...cpu(), mode: 'async', kernels, download } as const;
    const worker = () => Promise.reject(new Error('gone'));
    const { checks } = await check(slow, { ...quick, ids: [id], worker });
    expect(checks.map(({ message }) => message)).toEqual(['gone']);
    const calls = told.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told.length).toBe(calls);
    expect(calls).toBeGreaterThan(200);
  });
});

test('a failure says what, where and by how much', async () => {
  const { checks } = await check(rough({ level: 'S3' }), {
    ...quick,
    ops: ['softmax'],
    categories: ['accuracy'],
  });
  const failed = checks.find(({ id }) => id === ID);
  expect(failed?.status).toBe('failed');
  expect(failed?.message).toMatch(
    /^Mismatch: \[\d+\] expected .* ulp of float32, allowed 1\.00 \(S3\) in uniform-10, n = \d+$/,
  );
});
