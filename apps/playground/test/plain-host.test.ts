import { expect, test } from 'vitest';
import { column, open, withPage } from './open-page.ts';
import { plain } from './serve.ts';

withPage(plain('/~teacher/softmax/'));

test('any host of static files serves it; the page says why there are no threads', async () => {
  const page = await open('#/explore?x=0,0');
  expect(await column(page, 'p')).toEqual([0.5, 0.5]);
  await page.getByRole('link', { name: 'This machine' }).click();
  const names = ['wasm', 'wasm-threads', 'onnxruntime-web', 'onnxruntime-web-threads'];
  const missing = names.map(async (name) => {
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('checkbox', { name: `Run ${name}`, exact: true }) });
    await row.waitFor();
    return [
      name,
      await row.getByRole('checkbox').isDisabled(),
      await row.getByText('cross-origin isolated').count(),
    ];
  });
  expect(await Promise.all(missing)).toEqual([
    ['wasm', false, 0],
    ['wasm-threads', true, 1],
    ['onnxruntime-web', false, 0],
    ['onnxruntime-web-threads', true, 1],
  ]);
});
