import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build, preview } from 'vite';

/** Bytes, gzipped: one operation and a few lines of page. Measured with size-limit beside it, in core's package.json. */
const LARGEST = 9_700;

await build({ logLevel: 'error' });
const sizes = globSync('dist/assets/*.js').map((file) => gzipSync(readFileSync(file)).length);
assert.equal(sizes.length, 2, 'a page and a worker');
for (const size of sizes)
  assert.ok(size < LARGEST, `${size} bytes, at most ${LARGEST}: nothing else may come along`);

const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();
const faults = [];
page.on('pageerror', (error) => faults.push(error));
page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
await page.goto(server.resolvedUrls.local[0]);
for (const place of ['#page', '#worker']) {
  await page.waitForFunction((id) => document.querySelector(id).textContent, place);
  assert.deepEqual(
    JSON.parse(await page.textContent(place)),
    [0.09003057317038046, 0.24472847105479764, 0.6652409557748218],
  );
}
assert.deepEqual(faults, []);
await browser.close();
await server.close();
