import { expect, test } from 'vitest';
import known from './known.json' with { type: 'json' };
import { open, PATIENT, withPage } from './open-page.ts';

withPage();

const values = (text: string) => `section:has(h2:text("${text}")) tbody data`;

test('the naive formula is NaN at 1000, and ours is what mpmath gives at 0', async () => {
  const page = await open('#/stable');
  const slider = page.getByRole('slider', { name: 'Added to every logit' });
  await slider.focus();
  await page.keyboard.press('End');
  const shown = await page
    .locator(values('far from zero'))
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('value') ?? ''));
  expect(shown.slice(0, 2)).toEqual(['Infinity', 'NaN']);
  const ours = [2, 7, 12].map((at) => Number(shown[at]));
  expect(ours).toEqual(known.shifted.map((p) => expect.closeTo(p, 7)));
  expect(await page.getByRole('status').allTextContents()).toContain(
    'The sum overflowed: ∞/∞ is NaN. Ours subtracts the largest logit first.',
  );
});

test('float32 loses a loss of 1.5e-8, and ours keeps it', async () => {
  const page = await open('#/stable?gap=18');
  const [naive, ours] = await page
    .locator(values('very small'))
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('value'))));
  expect(naive).toBe(0);
  expect(ours).toBe(Math.fround(known.lossAtGap18));
});

test('sure and wrong by 1000: the naive loss is no number, ours is 1000', async () => {
  const page = await open('#/stable?gap=1000&in=float64');
  const shown = await page
    .locator(values('very small'))
    .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute('value'))));
  expect(shown.slice(2)).toEqual([expect.not.closeTo(1000), 1000]);
});

test('the single pass ends at the log-sum-exp, step by step and played', async () => {
  const page = await open('#/stable');
  const step = page.getByRole('button', { name: 'Step' });
  for (let k = 0; k < 7; k++) await step.click();
  expect(await step.isDisabled()).toBe(true);
  const sum = Number(await page.locator('data.log-sum').getAttribute('value'));
  expect(sum).toBeCloseTo(known.online, 12);
  for (let k = 0; k < 6; k++) await page.getByRole('button', { name: 'Back' }).click();
  expect(await page.locator('.online .verdict').textContent()).toContain('The first logit');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => page.locator('.stream .seen').count(), PATIENT).toBeGreaterThan(1);
});

test('both plots are drawn, with their words', async () => {
  const page = await open('#/stable');
  await page.getByRole('img', { name: 'Ours stays at 0.665' }).waitFor();
  await page.getByRole('img', { name: 'Ours falls as e to the −gap' }).waitFor();
});
