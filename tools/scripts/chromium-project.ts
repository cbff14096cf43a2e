import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { BROWSER } from './machine.mjs';

/** The tests that run in headless Chromium. */
export function chromiumProject(limits: object, exclude: readonly string[]): TestProjectInlineConfiguration {
  return {
    // onnxruntime-web starts threads only in a page that is isolated from other origins.
    server: {
      headers: {
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Embedder-Policy': 'require-corp',
      },
    },
    // It finds its .wasm beside its own file, and meeting it late would reload the page under running tests.
    optimizeDeps: { exclude: ['onnxruntime-web/wasm', 'onnxruntime-web/webgpu'] },
    test: {
      name: 'browser',
      ...limits,
      include: ['packages/*/test-browser/**/*.test.ts'],
      exclude: [...exclude],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: BROWSER }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}
