import { expect, test } from 'vitest';
import { accessible } from './accessible.ts';
import { open, withPage } from './open-page.ts';

withPage();

const figure = (name: string) => `dl dt:text("${name}") + dd`;

test('it learns to read in the page, and the temperature mends what it says', async () => {
  const page = await open('#/digits?learn=few');
  await page.getByRole('button', { name: 'Learn' }).click();
  await page.getByText(/^Read [\d.]+ % of 1000 unseen digits right/).waitFor();
  const share = parseFloat((await page.locator(figure('read right')).textContent()) ?? '');
  expect(share).toBeGreaterThan(70);
  const errors = (await page.locator(figure('calibration error')).textContent()) ?? '';
  const [before = 0, after = 0] = errors.split('→').map(parseFloat);
  expect(after).toBeLessThan(before);
  const label = await page
    .getByRole('img', { name: /^The calibration error falls/ })
    .getAttribute('aria-label');
  expect(label).toBe(`The calibration error falls from ${before.toFixed(1)} % to ${after.toFixed(1)} %.`);
  await page.getByRole('img', { name: /^After 60\.0 rounds the loss is 0\.\d+\.$/ }).waitFor();
  // Ten probabilities of the chosen digit, before and after, that sum to 1 as they are rounded.
  const chances = await page.locator('.chances td:nth-child(2)').allTextContents();
  expect(chances.reduce((sum, text) => sum + parseFloat(text), 0)).toBeCloseTo(1, 2);
  await accessible(page);
});

test('the path of a word costs its decisions, and comes to the same probability as the flat softmax', async () => {
  const page = await open('#/digits');
  // Huffman codes of 8, 4, 2, 1, 1 have lengths 1, 2, 3, 4, 4; so has the entropy: 1.875 bits.
  const text = ['a '.repeat(8), 'b '.repeat(4), 'c '.repeat(2), 'd ', 'e'].join('');
  await page.getByRole('textbox', { name: 'Text' }).fill(text);
  await page.getByRole('button', { name: 'c 2' }).click();
  await page.getByRole('img', { name: 'The path to “c” takes 3 decisions in a tree of 5 words.' }).waitFor();
  const value = (name: string) =>
    page
      .locator(`${figure(name)} data`)
      .getAttribute('value')
      .then(Number);
  expect(await value('decisions to')).toBe(3);
  expect(await value('on the average')).toBe(1.875);
  expect(await value('p by the path')).toBeCloseTo(2 / 16, 14);
  expect(await value('p by the flat softmax')).toBeCloseTo(2 / 16, 14);
  await expect.poll(() => new URL(page.url()).hash).toBe('#/digits?learn=some&word=c');
});

test('a text without two words is told so', async () => {
  const page = await open('#/digits');
  await page.getByRole('textbox', { name: 'Text' }).fill('softmax softmax');
  await page.getByRole('alert').waitFor();
});
