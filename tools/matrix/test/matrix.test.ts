import type { Report } from '@softmax/conformance';
import { expect, test } from 'vitest';
import { BACKENDS } from '../src/backends.ts';
import { type Cell, cellOf, faulty, isGood } from '../src/cell.ts';
import { inProcess } from '../src/in-process.ts';
import { matrixText } from '../src/matrix-text.ts';
import { merged, planOf, type Ran } from '../src/results.ts';
import { type Row, RUNTIMES } from '../src/runtimes.ts';

const row = (...command: readonly string[]): Row => ({
  runtime: 'here',
  kind: 'process',
  command: () => [process.execPath, ...command],
});

test('a cell is a run of the command line in its runtime', () => {
  const cell = inProcess(row(), { backend: 'cpu' }, ['--quick', '--id', 'law/softmax/*']);
  expect(cell).toMatchObject({ version: `node ${process.versions.node}`, failed: 0 });
  expect(cell.fault).toBeUndefined();
  expect(cell.passed).toBeGreaterThan(0);
  expect(isGood(cell)).toBe(true);
});

test.each([
  ['that crashes', ['-e', 'process.abort()'], /SIGABRT/],
  ['that says nothing', ['-e', ''], /no report/],
  [
    'that does not know the command',
    ['-e', 'console.error("what?"); process.exit(3)'],
    /exit code 3: what\?/,
  ],
])('a runtime %s is a fault of its cell, not a cell without failures', (_, command, message) => {
  const cell = inProcess(row(...command), { backend: 'cpu' }, []);
  expect(cell.fault).toMatch(message);
  expect(isGood(cell)).toBe(false);
});

test('a run of no check is not good', () => {
  const machine = { platform: 'x', arch: 'x', cpus: 1, runtime: 'x 1' };
  const empty: Pick<Report, 'machine' | 'backends'> = { machine, backends: [] };
  const cell = cellOf({ runtime: 'x', backend: 'cpu' }, empty);
  expect(isGood(cell)).toBe(false);
  expect(isGood({ ...cell, deviating: 1 })).toBe(true);
});

test('the text shows every cell, a dash where there is none, and why one is not good', () => {
  const good: Cell = {
    ...faulty({ runtime: 'a', backend: 'cpu' }, ''),
    version: 'a 1',
    passed: 3,
    refused: 2,
  };
  const { fault: _, ...passed } = good;
  const cells = [passed, faulty({ runtime: 'b', backend: 'wasm' }, 'no such thing')];
  const lines = matrixText(cells, ['cpu', 'wasm']);
  expect(lines).toContain('a 1      3 passed, 2 refused  –');
  expect(lines).toContain('b        –                    FAULT');
  expect(lines.at(-1)).toBe('b, wasm: no such thing');
});

test('rows and columns are named once', () => {
  for (const names of [RUNTIMES.map(({ runtime }) => runtime), BACKENDS.map(({ backend }) => backend)])
    expect(new Set(names).size).toBe(names.length);
});

test('a cell that is run again takes the place of its old one, and none of another suite stays', () => {
  const ran = (backend: string, plan: Ran['plan']): Ran => ({
    ...faulty({ runtime: 'here', backend }, 'why'),
    plan,
    date: '',
  });
  const [a, b, again] = [ran('a', 'whole'), ran('b', 'quick'), ran('a', 'quick')];
  const before = { suite: '1', cells: [a, b] };
  expect(merged(before, { ...before, cells: [again] })).toEqual([again, b]);
  expect(merged(before, { ...before, suite: '2', cells: [again] })).toEqual([again]);
  expect(merged(undefined, before)).toEqual([a, b]);
});

test('a plan of which only some checks are named is none, quick or not', () => {
  const plans = [{ quick: true }, { quick: false }, { quick: true, ids: ['x'] }, { ids: ['x'] }].map(planOf);
  expect(plans).toEqual(['quick', 'whole', 'part', 'part']);
});
