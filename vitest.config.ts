import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { chromiumProject } from './tools/scripts/chromium-project.ts';
import { leftOut, leftOutLines } from './tools/scripts/left-out.mjs';
import { DRIVER } from './tools/scripts/machine.mjs';
import { type Missing, missingHere } from './tools/scripts/probes.mjs';

const folders = {
  core: 'packages/core',
  onnx: 'packages/onnx',
  wasm: 'packages/wasm',
  conformance: 'packages/conformance',
  cli: 'apps/cli',
  digits: 'apps/digits',
  bench: 'tools/bench',
  matrix: 'tools/matrix',
  docs: 'apps/docs',
};

/** Milliseconds that end what hangs. A whole plan takes seconds, and three times that on a busy machine. */
const LIMITS = { testTimeout: 120_000, hookTimeout: 120_000 };

const nodeProject = (name: string, folder: string, exclude: readonly string[] = [], env = {}) => ({
  test: {
    name,
    environment: 'node' as const,
    include: [`${folder}/**/*.test.ts`],
    exclude: ['**/node_modules/**', ...exclude],
    env,
    ...LIMITS,
  },
});

/** What `pnpm test` found missing; probed here where vitest is started without it. */
async function missing(): Promise<Missing> {
  const probed = process.env['SOFTMAX_TESTS_MISSING'];
  if (probed !== undefined) return JSON.parse(probed);
  const found = await missingHere();
  for (const line of leftOutLines(leftOut(root, found))) console.warn(line);
  return found;
}

const root = fileURLToPath(new URL('.', import.meta.url));
const lacks = await missing();
const absent = leftOut(root, lacks).map(({ file }) => file);

export default defineConfig({
  test: {
    passWithNoTests: true,
    // By default a core stays idle, which is one of two where CI runs; vitest's own process needs 4 % of the time.
    maxWorkers: '100%',
    projects: [
      ...Object.entries(folders).map(([name, folder]) => nodeProject(name, `${folder}/test`)),
      nodeProject('house', 'tools/{fuzz,house,scripts}'),
      nodeProject('playground', 'apps/playground/test', absent),
      nodeProject('webgpu', 'packages/*/test-webgpu', absent, { VK_ICD_FILENAMES: DRIVER }),
      ...(lacks.chromium ? [] : [chromiumProject(LIMITS, absent)]),
    ],
  },
});
