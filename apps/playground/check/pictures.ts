// Draws the pictures of the README from the built page: pictures.ts [VIEW …]
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { isolated } from '../test/serve.ts';

const LIMIT = 300_000;

interface Picture {
  readonly hash: string;
  readonly act?: (page: Page) => Promise<void>;
}

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

const PICTURES: { readonly [view: string]: Picture } = {
  explore: { hash: '#/explore?x=2,1,3,-1,0.5&T=0.8&seed=4' },
  stable: {
    hash: '#/stable?shift=95&gap=18&in=float32',
    async act(page) {
      for (let step = 0; step < 5; step++) await press(page, 'Step');
    },
  },
  digits: {
    hash: '#/digits',
    async act(page) {
      await press(page, 'Learn');
      await page.getByText(/^Read [\d.]+ % of \d+ unseen digits right/).waitFor();
    },
  },
  machine: {
    hash: '#/machine?on=cpu,wasm,wasm-threads,onnxruntime-web-webgpu&op=softmax',
    async act(page) {
      const done = () => page.locator('.orders .main:enabled').first().waitFor();
      await press(page, 'Race');
      await page.locator('.orders .main:disabled').first().waitFor();
      await done();
      await press(page, 'Check');
      await page.locator('.orders .main:disabled').first().waitFor();
      await done();
    },
  },
};

const views = process.argv.slice(2);
const served = await isolated()();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
});
try {
  for (const [view, { hash, act }] of Object.entries(PICTURES)) {
    if (views.length > 0 && !views.includes(view)) continue;
    const page = await browser.newPage({ viewport: { width: 1100, height: 900 }, bypassCSP: true });
    page.setDefaultTimeout(LIMIT);
    await page.goto(served.url + hash);
    await act?.(page);
    await page.waitForFunction('!document.querySelector("[aria-busy]")');
    const path = fileURLToPath(new URL(`../../../docs/playground/${view}.png`, import.meta.url));
    await page.screenshot({ path, fullPage: true });
  }
} finally {
  await browser.close();
  await served.close();
}
