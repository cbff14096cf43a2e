import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { isolated, type Served } from './serve.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** For what comes after a pause, on a machine that may be busy. */
export const PATIENT = { timeout: 30_000 };

let served: Served;
let browser: Browser;
let faults: string[] = [];

interface Visit extends BrowserContextOptions {
  /** Done with the page before anything is loaded. */
  readonly before?: (page: Page) => Promise<void>;
}

/** Opens the built page as a visitor does; whatever goes wrong on it fails the test. */
export async function open(hash = '', { before, ...options }: Visit = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => faults.push(...faultOf(message.type(), message.text())));
  page.on('request', (request) => {
    const home = [served.url, 'data:', 'blob:'].some((start) => request.url().startsWith(start));
    faults.push(...(home ? [] : [`asks ${request.url()}`]));
  });
  await before?.(page);
  await page.goto(served.url + hash);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return page;
}

const faultOf = (type: string, text: string): string[] =>
  type === 'log' || type === 'info' ? [] : [`${type}: ${text}`];

/** Its plots are there. Nothing is evaluated in the page, which its Content-Security-Policy would refuse. */
export async function drawn(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[aria-busy]').count(), PATIENT).toBe(0);
}

/** Bytes, gzipped, that come until a view is seen; its plots are kept waiting. */
export async function weightOf(hash: string): Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  await open(hash, {
    async before(page) {
      await page.route('**/marks-*.js', () => {});
      page.on('response', (response) => bodies.push(response.body()));
    },
  });
  const found = await Promise.all(bodies);
  return found.reduce((sum, body) => sum + gzipSync(body).length, 0);
}

/** Returns the faults so far, which then fail no test. */
export function takeFaults(): readonly string[] {
  const found = faults;
  faults = [];
  return found;
}

/** For a test file that drives the page. */
export function withPage(serve: () => Promise<Served> = isolated()): void {
  beforeAll(async () => {
    [served, browser] = await Promise.all([serve(), chromium.launch({ executablePath, args })]);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(takeFaults()).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });
}

/** The exact values of a column, from the `value` of each number that the page shows rounded. */
export const column = (page: Page, name: string): Promise<number[]> =>
  page
    .locator(`data[data-column="${name}"]`)
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('value'))));
