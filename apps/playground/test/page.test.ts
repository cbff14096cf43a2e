import { expect, test } from 'vitest';
import { VIEWS } from '../src/views.ts';
import { accessible } from './accessible.ts';
import { drawn, open, takeFaults, weightOf, withPage } from './open-page.ts';
import { isolated } from './serve.ts';

// Not at the root of its server: it must work from any path.
withPage(isolated('/some/where/else/'));

const LOOKS = [
  { colorScheme: 'light' as const, viewport: { width: 1200, height: 900 } },
  { colorScheme: 'dark' as const, viewport: { width: 390, height: 844 } },
];

for (const { name } of VIEWS)
  for (const look of LOOKS)
    test(`axe finds nothing wrong with ${name}, ${look.colorScheme}, ${look.viewport.width} wide`, async () => {
      const page = await open(`#/${name}`, look);
      await drawn(page);
      await accessible(page);
      // Nothing sticks out of a phone.
      const overhang = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(overhang)).toBe(0);
    });

test.each(VIEWS.map(({ name }) => name))(
  'the first sight of %s costs less than 100 kB gzipped',
  async (name) => {
    const bytes = await weightOf(`#/${name}`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(100_000);
  },
);

test('by the keyboard alone one gets from view to view', async () => {
  const page = await open();
  const link = page.getByRole('link', { name: 'Why stable' });
  await link.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Why the formula needs care' }).waitFor();
  expect(await link.getAttribute('aria-current')).toBe('page');
  await page.goBack();
  await page.getByRole('heading', { name: 'From scores to probabilities' }).waitFor();
});

test('the page runs scripts of its own origin alone', async () => {
  const page = await open();
  const ran = await page.locator('body').evaluate((body) => {
    const script = body.ownerDocument.createElement('script');
    script.textContent = 'globalThis.injected = true';
    body.append(script);
    return 'injected' in globalThis;
  });
  expect(ran).toBe(false);
  expect(takeFaults()).toEqual([expect.stringMatching(/^error: .*Content Security Policy/)]);
});
