import assert from 'node:assert/strict';
import { globSync, statSync } from 'node:fs';
import { chromium } from 'playwright';
import { build, preview } from 'vite';

// What the bundler adds stands apart: onnxruntime's threads run their chunk and what it imports, which else were the page.
const output = { codeSplitting: { groups: [{ name: 'runtime', test: /rolldown.runtime/ }] } };
await build({
  logLevel: 'error',
  build: { target: 'es2022', modulePreload: false, rolldownOptions: { output } },
});
// The build of onnxruntime-web for WebAssembly alone and that for WebGPU, and not the default one of 28 MB.
assert.deepEqual(
  globSync('dist/assets/*.wasm')
    .map((file) => Math.round(statSync(file).size / 1e6))
    .sort((a, b) => a - b),
  [14, 27],
);

const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const server = await preview({ preview: { port: 0, host: '127.0.0.1', headers }, logLevel: 'error' });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();
const [faults, loaded] = [[], []];
page.on('pageerror', (error) => faults.push(error));
page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
await page.goto(server.resolvedUrls.local[0]);
await page.waitForFunction(() => document.querySelector('#page').textContent);
assert.deepEqual(
  JSON.parse(await page.textContent('#page')).map((p) => p.toFixed(7)),
  ['0.0900306', '0.2447285', '0.6652410'],
);
assert.deepEqual(faults, []);
assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), true);
const modules = loaded.filter((path) => path.endsWith('.wasm'));
assert.equal(modules.length, 1, 'one module');
assert.ok(!/jsep|asyncify|jspi/.test(modules[0]), `${modules[0]}: a page on wasm loads no WebGPU`);
await browser.close();
await server.close();
