import { expect, test } from 'vitest';
import known from './known.json' with { type: 'json' };
import { column, open, PATIENT, withPage } from './open-page.ts';

withPage();

/** Within float64's last digits of the value that mpmath gives. */
const near = (expected: readonly number[]) => expected.map((value) => expect.closeTo(value, 14));

test('the first sight shows the probabilities, logarithms, entropy and gradient that mpmath gives', async () => {
  const page = await open();
  expect(await column(page, 'p')).toEqual(near(known.start));
  expect(await column(page, 'log-p')).toEqual(near(known.startLogs));
  expect(await column(page, 'gradient')).toEqual(near(known.startGradient));
  const entropy = await page.locator('dt:text("entropy") + dd data').getAttribute('value');
  expect(Number(entropy)).toBeCloseTo(known.startEntropy, 14);
});

test('a bar dragged by the mouse takes its logit to where the mouse lets go', async () => {
  const page = await open();
  const bar = page.getByRole('slider', { name: 'Logit of C' });
  const box = await bar.boundingBox();
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + width / 2, y + height / 4);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
  await page.mouse.move(x + width / 2, y + (height * 3) / 4, { steps: 4 });
  await page.mouse.up();
  // A quarter of the way up from −6 to 6.
  expect(await bar.inputValue()).toBe('-3');
  expect(await column(page, 'p')).toEqual(near(known.afterDrag));
});

test('a bar moves by the keyboard, a tenth at a time, and says so', async () => {
  const page = await open();
  const bar = page.getByRole('slider', { name: 'Logit of A' });
  await bar.focus();
  await page.keyboard.press('ArrowUp');
  expect(await bar.inputValue()).toBe('2.1');
  expect(await column(page, 'p')).toEqual(near(known.afterOneKey));
  expect(await bar.getAttribute('aria-valuetext')).toBe(
    `2.1; probability ${known.afterOneKey[0]?.toFixed(3)}`,
  );
  await expect
    .poll(() => page.getByRole('status').allTextContents(), PATIENT)
    .toContain(
      `Most likely is C with probability ${known.afterOneKey[2]?.toFixed(3)}; the entropy is ${known.afterOneKeyEntropy.toPrecision(3)} nats.`,
    );
});

test('a logit of 1000 can be typed, and nothing overflows', async () => {
  const page = await open('#/explore?x=0,1,2');
  for (const [name, value] of Object.entries({ A: '1000', B: '1001', C: '1002' }))
    await page.getByRole('spinbutton', { name: `Logit of ${name}` }).fill(value);
  expect(await column(page, 'p')).toEqual(near(known.shifted));
});

test('the temperature divides the logits', async () => {
  const page = await open();
  await page.getByRole('spinbutton', { name: 'Temperature' }).fill('2');
  expect(await column(page, 'p')).toEqual(near(known.atTemperature2));
  expect(await page.locator('math').textContent()).toContain('/2');
});

test('sparsemax gives exact zeros', async () => {
  const page = await open('#/explore?x=-2,0,0.5');
  await page.getByRole('button', { name: 'sparsemax' }).click();
  expect(await column(page, 'p')).toEqual([0, 0.25, 0.75]);
  expect(await column(page, 'log-p')).toEqual([Number.NEGATIVE_INFINITY, Math.log(0.25), Math.log(0.75)]);
});

test('a hidden class is as one removed, and a sink takes its share', async () => {
  const page = await open('#/explore?x=0,1,2,50');
  await page.getByRole('checkbox', { name: 'D takes part' }).uncheck();
  expect(await column(page, 'p')).toEqual([...near(known.shifted), 0]);
  await page.getByRole('checkbox', { name: 'an extra logit' }).check();
  await page.getByRole('spinbutton', { name: 'Logit of the sink' }).fill('0');
  const e = Math.E;
  expect((await column(page, 'p'))[0]).toBeCloseTo(1 / (2 + e + e * e), 14);
});

test('the same seed gives the same noise, another seed another', async () => {
  const page = await open('#/explore?x=0,0,0&seed=7');
  const first = await column(page, 'p');
  await page.getByRole('button', { name: 'next' }).click();
  expect(await column(page, 'p')).not.toEqual(first);
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('7');
  expect(await column(page, 'p')).toEqual(first);
});

test('the address follows every change, and brings the same view back', async () => {
  const page = await open();
  await page.getByRole('spinbutton', { name: 'Logit of B' }).fill('4.5');
  await page.getByRole('button', { name: 'entmax 1.5' }).click();
  await page.getByRole('checkbox', { name: 'E takes part' }).uncheck();
  await page.getByRole('radio', { name: 'C is the target' }).check();
  const before = await column(page, 'gradient');
  await expect
    .poll(() => new URL(page.url()).hash, PATIENT)
    .toBe('#/explore?x=2,4.5,3,-1,0.5&hide=4&alpha=1.5&y=2');
  const again = await open(new URL(page.url()).hash);
  expect(await column(again, 'gradient')).toEqual(before);
});

test('an address that makes no sense shows the start', async () => {
  const page = await open('#/explore?x=1,banana&T=-3&alpha=0&seed=0.5&y=99&hide=x');
  expect(await column(page, 'p')).toEqual(near(known.start));
});
