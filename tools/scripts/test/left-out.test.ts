import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { leftOut, leftOutLines } from '../left-out.mjs';
import { BRING } from '../machine.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const projectsOf = (missing: Parameters<typeof leftOut>[1]) =>
  [...new Set(leftOut(root, missing).map(({ project }) => project))].toSorted();

test('where everything starts, nothing is left out', () => {
  expect(leftOut(root, {})).toEqual([]);
  expect(leftOutLines([])).toEqual([]);
});

test('without Chromium no test of a page runs, and those of Node on WebGPU do', () => {
  expect(projectsOf({ chromium: 'none', chromiumGpu: 'none' })).toEqual(['browser', 'playground']);
});

test('with Chromium and without a Vulkan loader only WebGPU in Node is left out', () => {
  expect(projectsOf({ nodeGpu: 'no loader' })).toEqual(['webgpu']);
});

test('without a GPU in Chromium its other tests run', () => {
  const files = leftOut(root, { chromiumGpu: 'no adapter' }).map(({ file }) => file);
  expect(files).toContain('packages/onnx/test-browser/webgpu.test.ts');
  expect(files).toContain('apps/playground/test/machine.test.ts');
  expect(files).not.toContain('packages/onnx/test-browser/wasm.test.ts');
});

test('the last lines name every file, why, and the command that brings what is missing', () => {
  const absent = leftOut(root, { nodeGpu: 'no loader' });
  const lines = leftOutLines(absent);
  expect(lines).toContain('left out: no loader');
  for (const { file } of absent) expect(lines).toContain(`  ${file}`);
  expect(lines.join('\n')).toContain(BRING);
});
