import { existsSync } from 'node:fs';
import type { TestProjectInlineConfiguration } from 'vitest/config';

/** A GPU in software, which comes with Chromium. */
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** The tests that run on WebGPU in Node: on the GPU that VK_ICD_FILENAMES names, else in software; none where there is neither. */
export function webgpuProject(limits: object): TestProjectInlineConfiguration[] {
  const driver = process.env['VK_ICD_FILENAMES'] ?? SWIFTSHADER;
  if (!existsSync(driver)) {
    const missing = `no Vulkan driver at ${driver} (set VK_ICD_FILENAMES to its path)`;
    if (process.env['CI']) throw new Error(missing);
    console.warn(`WebGPU tests left out: ${missing}`);
    return [];
  }
  const include = ['packages/*/test-webgpu/**/*.test.ts'];
  return [
    { test: { name: 'webgpu', environment: 'node', env: { VK_ICD_FILENAMES: driver }, include, ...limits } },
  ];
}
