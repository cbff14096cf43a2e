import { expect, test } from 'vitest';
import { distributionOf } from '../src/bench/distribution.ts';
import { errorOf } from '../src/bench/error.ts';
import { interleave, ratioOf, timed } from '../src/bench/interleave.ts';
import { OURS } from '../src/bench/ours.ts';
import { benchPage } from '../src/bench/page.ts';
import { SIZES, type Size } from '../src/bench/plan.ts';
import { race } from '../src/bench/race.ts';

import type { BenchResults } from '../src/bench/results.ts';
import { type OpenSystem, onAll, type System } from '../src/bench/system.ts';
import { type Task, taskOf } from '../src/bench/task.ts';
import { inProcess } from './run.ts';

test('a system that fails in its turn is missed with its error, and the others end the race', async () => {
  const broken = (): System => ({
    name: 'broken',
    open: async () => ({
      prepare: async (task) => ({
        turn() {
          throw new Error('its process ended');
        },
        result: async () => exact(task),
      }),
    }),
  });
  const good = { name: 'good', open: async () => solved(exact) };
  const tasks = [{ op: 'softmax', size: TEN }] as const;
  const { tasks: done, absent } = await race({
    systems: [broken(), good],
    tasks,
    pace: PACE,
    heard: () => {},
  });
  expect(absent).toEqual([{ system: `broken: softmax ${TEN.name}`, reason: 'its process ended' }]);
  expect(done[0]?.timings.map(({ system, ratio }) => [system, ratio.median])).toEqual([['good', 1]]);
});

test('all processors are measured where there is something to divide among them', async () => {
  const all = await onAll({ name: 'good', open: async () => solved(exact) }).open();
  const [small, large] = SIZES.filter(({ name }) => name === '1×50257' || name === '64×50257');
  expect(await all.prepare(taskOf('softmax', small as Size))).toBeNull();
  expect(await all.prepare(taskOf('softmax', large as Size))).not.toBeNull();
});

const PACE = { warmUp: 1, turn: 0.01, rounds: 5, budget: 1000 };
const [TEN] = SIZES as [Size];

/** Its first call after another's turn takes 100 ms more. */
const chilled = (heard: string[], name: string, milliseconds: number) => ({
  name,
  turn(calls: number) {
    const cold = heard.at(-1)?.startsWith(name) ? 0 : 100;
    heard.push(`${name} ${calls}`);
    return calls * milliseconds + cold;
  },
});

test('calls that find what others left cold do not count, and a slow contender sits out once its budget is spent', async () => {
  const heard: string[] = [];
  const contenders = [chilled(heard, 'quick', 1), chilled(heard, 'slow', 20)];
  const turns = await interleave(contenders, { warmUp: 200, turn: 4, rounds: 5, budget: 300 });
  const last = ['quick 1', 'quick 4', 'slow 1', 'quick 1', 'quick 4', 'quick 1', 'quick 4'];
  expect(heard.slice(-7)).toEqual(last);
  expect(turns).toEqual([
    { alone: 1000, times: new Array(5).fill(1000) },
    { alone: 20000, times: new Array(3).fill(120000) },
  ]);
});

test('calls are timed one after the other, as many as are asked for', () => {
  let calls = 0;
  expect(timed(() => calls++)(7)).toBeGreaterThanOrEqual(0);
  expect(calls).toBe(7);
});

test('quartiles lie between measurements, sorted as numbers', () => {
  expect(distributionOf([100, 9, 10, 1])).toEqual({ median: 9.5, quartiles: [7, 32.5] });
  expect(distributionOf([3])).toEqual({ median: 3, quartiles: [3, 3] });
});

test('a ratio is that of the rounds, not of the medians: a slow spell meets both', () => {
  expect(ratioOf([11, 110, 11, 1100, 11], [10, 100, 10, 1000, 100]).median).toBeCloseTo(1.1, 12);
  expect(ratioOf([30, 30, 30], [10, 10, 10, 1]).quartiles).toEqual([3, 3]);
});

const solved = (solve: (task: Task) => ArrayLike<number>): OpenSystem => ({
  version: '1.2.3',
  prepare: async (task) =>
    task.op === 'softmax' ? { turn: timed(() => solve(task)), result: async () => solve(task) } : null,
});

const exact = ({ x }: Task): number[] => {
  const e = Array.from(x, Math.exp);
  return e.map((each) => Math.fround(each / e.reduce((a, b) => a + b, 0)));
};

const STUBS: readonly System[] = [
  { name: 'good', open: async () => solved(exact) },
  { name: 'bad', open: async () => solved((task) => exact(task).map((p) => p * (1 + 2 ** -14))) },
  { name: 'broken', open: async () => solved(() => [1]) },
  { name: 'gone', open: () => Promise.reject(new Error('not installed\nat a line')) },
];

const stubRace = () =>
  race({
    systems: STUBS,
    tasks: SIZES.slice(0, 2).flatMap((size) => [
      { op: 'softmax' as const, size },
      { op: 'sparsemax' as const, size },
    ]),
    pace: PACE,
    heard: () => {},
  });

test('who is not there or fails is told, who lacks the operation is left out, and errors are measured', async () => {
  const results = await stubRace();
  expect(results.tasks.map(({ op, size }) => `${op} ${size}`)).toEqual(['softmax 1×10', 'softmax 1×1000']);
  const [first] = results.tasks;
  expect(first?.timings.map(({ system }) => system)).toEqual(['good', 'bad']);
  expect(first?.timings[0]?.ulp).toBeLessThan(1);
  expect(first?.timings[1]?.ulp).toBeGreaterThan(500);
  expect(first?.timings[0]?.ratio).toEqual({ median: 1, quartiles: [1, 1] });
  expect(results.absent[0]).toEqual({ system: 'gone', reason: 'not installed' });
  expect(results.absent[1]).toEqual({
    system: 'broken: softmax 1×10',
    reason: 'softmax 1×10: 1 values, not 10',
  });
  expect(JSON.parse(JSON.stringify(results))).toEqual(results);
});

test('the page plots what was measured and asks the network for nothing', async () => {
  const page = benchPage(await stubRace());
  expect(page.match(/<svg/g)).toHaveLength(2);
  expect(page).toContain('softmax: throughput against row length');
  expect(page.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:|<script|<link|url\(|@import|src=/);
});

test('the error of an axis that is not last is that along the axis', () => {
  const task: Task = { ...taskOf('softmax', { ...TEN, outer: 2, n: 2, inner: 2 }), x: new Float32Array(8) };
  const half = new Float32Array(8).fill(0.5);
  expect(errorOf(task, half)).toBe(0);
  const labels = Int32Array.of(0, 1, 0, 1);
  const gradient = Float32Array.of(-0.5, 0.5, 0.5, -0.5, -0.5, 0.5, 0.5, -0.5);
  expect(errorOf({ ...task, op: 'crossEntropyGrad', labels }, gradient)).toBe(0);
});

test('the wasm and the reference backend solve every operation of the benchmark', async () => {
  const ops = [
    'softmax',
    'logSoftmax',
    'crossEntropyGrad',
    'sparsemax',
    'hierarchicalLoss',
    'sample',
  ] as const;
  const systems = OURS.filter(({ name }) => !name.includes('onnx'));
  const tasks = ops.map((op) => ({ op, size: TEN }));
  const results = await race({ systems, tasks, pace: PACE, heard: () => {} });
  expect(results.absent).toEqual([]);
  expect(results.tasks.map(({ op, timings }) => [op, timings.length])).toEqual(ops.map((op) => [op, 4]));
  const ulps = results.tasks
    .slice(0, 4)
    .flatMap(({ timings }) => timings.map(({ ulp }) => ulp ?? Number.NaN));
  expect(Math.max(...ulps)).toBeLessThan(8);
});

test('results go to standard output alone when they are asked for there', async () => {
  const { code, out } = await inProcess([
    'bench',
    '--quick',
    '--op',
    'sample',
    '--size',
    '1x10',
    '--json',
    '-',
  ]);
  const { tasks } = JSON.parse(out) as BenchResults;
  expect([code, tasks.map(({ op, size }) => [op, size])]).toEqual([0, [['sample', '1×10']]]);
});
