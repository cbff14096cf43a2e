import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const args = [
  // Chromium refuses to run its sandbox as root, which is what containers run as.
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/** The tests that run in headless Chromium, or none where there is no Chromium and no CI. */
export function chromiumProject(limits: object): TestProjectInlineConfiguration[] {
  if (!existsSync(executablePath)) {
    const missing = `no Chromium at ${executablePath} (set CHROMIUM to its path)`;
    if (process.env['CI']) throw new Error(missing);
    console.warn(`browser tests left out: ${missing}`);
    return [];
  }
  return [
    {
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
        browser: {
          enabled: true,
          headless: true,
          screenshotFailures: false,
          provider: playwright({ launchOptions: { executablePath, args } }),
          instances: [{ browser: 'chromium' }],
        },
      },
    },
  ];
}
