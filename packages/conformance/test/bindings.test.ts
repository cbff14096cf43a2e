import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/index.ts';
import { OPTIONS, wrong } from './bindings/wrong.ts';

const folder = join(import.meta.dirname, 'bindings');
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

/** A runner in a process of its own; the variables of this one would make it a part of this run. */
function ran(args: readonly string[]): { readonly status: number | null; readonly text: string } {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_TEST|TEST$|NODE_OPTIONS|FORCE_COLOR)/.test(name),
    ),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...env, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return { status, text: stdout + stderr };
}

/** What the suite itself says of the same backend. */
const { checks } = await check(wrong(), OPTIONS);
const failed = checks.filter(({ status }) => status === 'failed');

test('the backend fails some checks and not others', () => {
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThan(checks.length);
});

const RUNNERS = [
  { runner: 'vitest', args: [vitest, 'run', '--root', folder] },
  { runner: 'node:test', args: ['--test', '--test-reporter=tap', 'node-test.fixture.ts'] },
] as const;

describe.each(RUNNERS)('in $runner', ({ args }) => {
  const { status, text } = ran(args);
  const points = [...text.matchAll(/^ *(ok|not ok) \d+ - .*?([a-z]+\/[a-z-]+\/[\w-]+)/gm)];
  const ended = (how: string) => points.filter(([, found]) => found === how).map(([, , id]) => id);

  test('every failing check fails by its id, and the others pass', () => {
    expect(new Set(ended('not ok')), text).toEqual(new Set(failed.map(({ id }) => id)));
    expect(ended('ok').length).toBe(checks.length - failed.length);
    expect(status).toBe(1);
  });

  test('a failure says the element and the mistake', () => {
    expect(text).toMatch(/\[\d+\] expected .+, got .+ ulp of float32, allowed/);
    expect(text).toContain(`catches: ${failed[0]?.mistake}`);
  });
});
