import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { EXPECTED, folder, golden } from './golden.ts';
import { command, inProcess } from './run.ts';

const LABELLED = [golden('logits.npy'), '--labels', golden('labels.npy')];

test('the loss is the mean of the rows that count, in float64, as NumPy has it', async () => {
  const { code, out } = await command(['loss', ...LABELLED, '--json']);
  const { loss, perplexity, bits, rows, ignored } = JSON.parse(out) as { readonly [name: string]: number };
  expect([code, loss, rows, ignored]).toEqual([0, EXPECTED['mean loss'], EXPECTED.rows, 1]);
  expect(bits).toBeCloseTo(EXPECTED['mean loss'] / Math.log(2), 14);
  // e^loss carries the error of the loss, half a unit of it: relatively 2⁻⁵³·loss.
  expect(Math.abs((perplexity ?? 0) / EXPECTED.perplexity - 1)).toBeLessThan(
    4 * 2 ** -53 * EXPECTED['mean loss'],
  );
});

test('the perplexity stands alone, so that it can be piped', async () => {
  const { out } = await inProcess(['perplexity', ...LABELLED]);
  expect(Number(out)).toBeCloseTo(EXPECTED.perplexity, 12);
});

test('a sum over blocks does not lose the small losses beside a large one', async () => {
  const where = await folder();
  const [logits, labels] = [join(where, 'x.jsonl'), join(where, 'y.json')];
  // A first loss of 2⁵³, then ones of exactly 1: added one by one, they would vanish.
  const rows = 300_000;
  await writeFile(logits, `[0, 9007199254740992]\n${'[0, 0.5413248546129181]\n'.repeat(rows)}`);
  await writeFile(labels, JSON.stringify(new Array<number>(rows + 1).fill(0)));
  const { out } = await inProcess(['loss', logits, '--labels', labels, '--json']);
  const { loss } = JSON.parse(out) as { readonly loss: number };
  expect(loss * (rows + 1) - 2 ** 53).toBeGreaterThan(0.99 * rows);
});

test.each([
  ['labels that are all ignored', ['loss', golden('logits.npy'), '--labels', 'IGNORED'], 3, /no row counts/],
  [
    'a label out of range',
    ['loss', golden('logits.npy'), '--labels', 'FAR'],
    3,
    /target\[5\]: got 9; allowed: integers in \[0, 5\)/,
  ],
  ['labels of another length', ['loss', golden('logits.npy'), '--labels', 'SHORT'], 3, /target: got \[2\]/],
  ['no labels', ['loss', golden('logits.npy')], 2, /required option '--labels <file>'/],
  [
    'half a test set',
    ['calibrate', ...LABELLED, '--test', 'x.npy'],
    2,
    /--test and --test-labels belong together/,
  ],
  ['no seed', ['sample', golden('logits.npy')], 2, /--seed is needed/],
  [
    'no draws',
    ['sample', golden('logits.npy'), '--seed', '1', '--draws', '0'],
    2,
    /A whole number from 1 is needed/,
  ],
  [
    'too many to draw',
    ['sample', golden('logits.npy'), '--seed', '1', '--distinct', '6'],
    2,
    /k: got 6; allowed: at most 5/,
  ],
])('%s: one clear error', async (_, args, expected, message) => {
  const where = await folder();
  const files: { readonly [name: string]: string } = {
    IGNORED: '[-100,-100,-100,-100,-100,-100]',
    FAR: '[1,1,1,1,1,9]',
    SHORT: '[1,1]',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(where, `${name}.json`), text);
  const named = args.map((each) => (each in files ? join(where, `${each}.json`) : each));
  const { code, out, err } = await inProcess(named);
  expect([code, out, err]).toEqual([expected, '', expect.stringMatching(message)]);
});

test('draws are those of the seed on every backend, each of a stream of its own', async () => {
  const draw = async (...more: readonly string[]) =>
    JSON.parse(
      (await inProcess(['sample', golden('logits.npy'), '--seed', '5', '--json', ...more])).out,
    ) as number[][];
  const three = await draw('--draws', '3');
  for (const backend of ['wasm', 'onnxruntime-node'])
    expect(await draw('--draws', '3', '--backend', backend)).toEqual(three);
  for (const stream of [0, 1, 2])
    expect(await draw('--stream', `${stream}`)).toEqual(three.map((row) => row[stream]));
  for (const row of await draw('--distinct', '5'))
    expect([...row].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});

test('a frequency of many draws is the probability', async () => {
  const where = await folder();
  await writeFile(join(where, 'x.json'), '[[0, 1.0986122886681098]]');
  const { out } = await inProcess([
    'sample',
    join(where, 'x.json'),
    '--seed',
    '1',
    '--draws',
    '20000',
    '--json',
  ]);
  const [classes = []] = JSON.parse(out) as number[][];
  // 3/4 within five standard deviations, √(0.75·0.25/20000) each.
  expect(Math.abs(classes.reduce((a, b) => a + b, 0) / 20_000 - 0.75)).toBeLessThan(5 * 0.00306);
});

/** Logits log 4 too sure: of ten answers with confidence 16/17, eight are right. T = log 16/log 4 = 2. */
async function overconfident(): Promise<{ where: string; args: string[] }> {
  const where = await folder();
  const sure = Math.log(16);
  await writeFile(join(where, 'x.json'), JSON.stringify(new Array(10).fill([sure, 0])));
  await writeFile(join(where, 'y.json'), '[0,0,0,0,0,0,0,0,1,1]');
  return { where, args: ['calibrate', join(where, 'x.json'), '--labels', join(where, 'y.json')] };
}

test('logits twice too large have temperature 2, and are calibrated by it', async () => {
  const { args } = await overconfident();
  const { out } = await inProcess([...args, '--json']);
  const { temperature, before, after } = JSON.parse(out) as {
    temperature: number;
    before: { ece: number };
    after: { ece: number };
  };
  expect(temperature).toBeCloseTo(2, 9);
  expect(before.ece).toBeCloseTo(16 / 17 - 0.8, 12);
  expect(after.ece).toBeCloseTo(0, 9);
  expect((await inProcess(args)).out).toMatch(/^expected calibration error +0\.1412 {2}0\.0000$/m);
});

test('the diagram is an SVG of its own, with a bar for each bin that holds something', async () => {
  const { where, args } = await overconfident();
  const file = join(where, 'r.svg');
  expect((await inProcess([...args, '--svg', file])).code).toBe(0);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  const { document } = parseHTML(text);
  expect(document.querySelectorAll('[aria-label="rect"] rect').length).toBe(2);
  expect(document.querySelectorAll('[aria-label="dot"] circle').length).toBe(2);
  expect(document.querySelectorAll('script, image').length).toBe(0);
});

test('a diagram of what cannot be read is not left behind', async () => {
  const where = await folder();
  const args = [
    'calibrate',
    join(where, 'no.npy'),
    '--labels',
    golden('labels.npy'),
    '--svg',
    join(where, 'r.svg'),
  ];
  expect([(await inProcess(args)).code, await readdir(where)]).toEqual([3, []]);
});
