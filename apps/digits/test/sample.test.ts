import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CANDIDATES, softmax } from '@softmax/cli';
import { expect, test, vi } from 'vitest';
import { SAMPLE } from '../src/sample.ts';

// A part of the plan, beside other tests on few cores.
vi.setConfig({ testTimeout: 60_000 });

test('every check of the sample exists, and its table fits a screen', async () => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const candidates = CANDIDATES.filter(({ name }) => name === 'cpu');
  expect(await softmax(SAMPLE, { candidates, streams: { stdout, stderr } })).toBe(0);
  stdout.end();
  const lines = (await text(stdout)).split('\n');
  expect(lines.length).toBeLessThanOrEqual(24);
  expect(lines.filter((line) => /^\w+ +\d+\.\d\d$/.test(line))).toHaveLength(14);
});
