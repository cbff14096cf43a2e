import { defineConfig } from 'vitest/config';
import { chromiumProject } from './tools/scripts/chromium-project.ts';
import { webgpuProject } from './tools/scripts/webgpu-project.ts';

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

const nodeProject = (name: string, folder: string) => ({
  test: { name, environment: 'node' as const, include: [`${folder}/test/**/*.test.ts`], ...LIMITS },
});

const inChromium = chromiumProject(LIMITS);

export default defineConfig({
  test: {
    passWithNoTests: true,
    projects: [
      ...Object.entries(folders).map(([name, folder]) => nodeProject(name, folder)),
      nodeProject('house', 'tools/{fuzz,house,scripts}'),
      ...inChromium,
      ...inChromium.slice(0, 1).map(() => nodeProject('playground', 'apps/playground')),
      ...webgpuProject(LIMITS),
    ],
  },
});
