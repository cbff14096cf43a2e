import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** For what comes after a pause, on a machine that may be busy. */
export const PATIENT = { timeout: 30_000 };

let server: PreviewServer;
let browser: Browser;
let faults: string[] = [];
let weights: Promise<number>[] = [];

/** Bytes of all that the pages of this test were sent so far, gzipped. */
export async function weight(): Promise<number> {
  return (await Promise.all(weights)).reduce((sum, each) => sum + each, 0);
}

/** Opens the built page as a visitor does; whatever goes wrong on it fails the test. */
export async function open(hash = '', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const own = server.resolvedUrls?.local[0] ?? '';
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => faults.push(...faultOf(message.type(), message.text())));
  page.on('request', (request) => {
    const home = [own, 'data:', 'blob:'].some((start) => request.url().startsWith(start));
    faults.push(...(home ? [] : [`asks ${request.url()}`]));
  });
  page.on('response', (response) => {
    const size = response.body().then(
      (body) => gzipSync(body).length,
      () => 0,
    );
    weights.push(size);
  });
  await page.goto(own + hash);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const faultOf = (type: string, text: string): string[] =>
  type === 'log' || type === 'info' ? [] : [`${type}: ${text}`];

/** For a test file that drives the page, served below a path. */
export function withPage(base = '/'): void {
  beforeAll(async () => {
    server = await preview({ root, base, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
    browser = await chromium.launch({ executablePath, args });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    const found = faults;
    [faults, weights] = [[], []];
    expect(found).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
}

/** The exact values of a column, from the `value` of each number that the page shows rounded. */
export const column = (page: Page, name: string): Promise<number[]> =>
  page
    .locator(`data[data-column="${name}"]`)
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('value'))));
