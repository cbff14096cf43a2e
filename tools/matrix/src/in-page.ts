import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendReport, CheckOptions } from '@softmax/conformance';
import { type Browser, chromium } from 'playwright';
import { build, preview } from 'vite';
import { type Cell, cellOf, faulty } from './cell.ts';

declare const runPlan: (backend: string, options: CheckOptions) => Promise<BackendReport>;

const root = fileURLToPath(new URL('../page/', import.meta.url));
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** No sandbox: Chromium refuses to run it as root. WebGPU, on a GPU in software. */
const ARGS = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
/** onnxruntime-web starts threads only in a page that is isolated from other origins. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * What the bundler adds stands in a chunk of its own. In that of the page, the threads of onnxruntime-web, which run their
 * chunk and all that it imports, would start the page again and never answer.
 */
const APART = { output: { codeSplitting: { groups: [{ name: 'runtime', test: /rolldown.runtime/ }] } } };

/** The plan in a bundled page, a page for each backend. */
export async function inPage(
  runtime: string,
  backends: readonly string[],
  options: CheckOptions,
  told: (cell: Cell) => void,
): Promise<void> {
  const outDir = await mkdtemp(join(tmpdir(), 'softmax-matrix-'));
  try {
    await build({
      root,
      base: './',
      logLevel: 'error',
      build: { outDir, target: 'es2022', emptyOutDir: true, modulePreload: false, rolldownOptions: APART },
      // Else a worker is one chunk, and onnxruntime's threads in it would start the worker again.
      worker: { format: 'es', rolldownOptions: APART },
    });
    const server = await preview({
      root,
      build: { outDir },
      preview: { port: 0, host: '127.0.0.1', headers },
      logLevel: 'error',
    });
    const url = server.resolvedUrls?.local[0] ?? '';
    const browser = await chromium.launch({ executablePath, args: ARGS });
    try {
      for (const backend of backends) told(await cellIn(browser, url, { runtime, backend }, options));
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    await rm(outDir, { recursive: true });
  }
}

async function cellIn(
  browser: Browser,
  url: string,
  place: { readonly runtime: string; readonly backend: string },
  options: CheckOptions,
): Promise<Cell> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction('typeof runPlan === "function"');
    await page.exposeFunction('tell', (done: number, total: number) =>
      console.error(`  ${place.backend}: ${done} of ${total}`),
    );
    const broken = new Promise<never>((_, reject) => page.on('pageerror', reject));
    const planned = page.evaluate(({ backend, given }) => runPlan(backend, given), {
      backend: place.backend,
      given: options,
    });
    const report = await Promise.race([planned, broken]);
    const machine = {
      platform: 'browser',
      arch: process.arch,
      cpus: availableParallelism(),
      runtime: `chromium ${browser.version()}`,
    };
    return cellOf(place, { machine, backends: [report] });
  } catch (error) {
    return faulty(place, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  } finally {
    await page.close();
  }
}
