import type { Report } from '@softmax/conformance';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { checkText } from '../src/check-text.ts';
import { printable } from '../src/printable.ts';
import { markdown } from '../src/report/markdown.ts';
import { page } from '../src/report/page.ts';
import { painter } from '../src/streams.ts';
import { broken } from './candidates.ts';
import { inProcess } from './run.ts';

test.each([
  ['\u001b[31m', '\\x1b[31m'],
  ['\u009b2J', '\\x9b2J'],
  ['a\r\nb\t\u007f', 'a\\x0d\\x0ab\\x09\\x7f'],
  ['\u202etxt\u2066', '\\u202etxt\\u2066'],
  ['\u2028', '\\u2028'],
  ['\ud800', '\\ud800'],
  ['héllo 😀 \\', 'héllo 😀 \\'],
])('%j is printed as %s', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('of a long text the beginning and the end are printed', () => {
  const text = printable(`begin${'x'.repeat(5e6)}end`);
  expect(text.length).toBeLessThan(2010);
  expect(text).toMatch(/^beginx+ … x+end$/);
  expect(printable('\u001b'.repeat(5e6)).length).toBeLessThan(2010);
});

/** A report whose backend has `name`, and fails with `name` as its message. */
async function reportOf(name: string): Promise<Report> {
  const args = ['check', '--quick', '--op', 'softmax', '--category', 'accuracy', '--json', '-'];
  const report = JSON.parse((await inProcess(args, { candidates: [broken] })).out) as Report;
  const backends = report.backends.map((each) => ({
    ...each,
    backend: name,
    argument: name,
    checks: each.checks.map((check) => ({ ...check, ...(check.message !== undefined && { message: name }) })),
  }));
  return { ...report, backends };
}

const ORDERS = '\u001b]0;title\u0007\u009b2J\u202e';

test.each([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
])('a backend orders nothing of a terminal with colours: %s, compact: %s', async (colours, isCompact) => {
  const paint = painter({ isTTY: colours, hasColors: () => colours } as never);
  const absent = [{ name: ORDERS, reason: ORDERS, broken: true }];
  const text = checkText(await reportOf(ORDERS), absent, paint, isCompact).join('\n');
  const own = colours ? new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g') : /(?!)/g;
  expect(text.replaceAll(own, '')).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  expect(text).toContain('FAILED \\x1b]0;title\\x07\\x9b2J\\u202e');
});

test('an argument orders nothing of a terminal', async () => {
  const { code, err } = await inProcess([`--${ORDERS}`]);
  expect(code).toBe(2);
  expect(err).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
});

test('in Markdown a name is text, and a message does not end its block', async () => {
  const name = 'x | <img src=x> [y](z) **w**\n# h\n```\n<b>';
  const text = markdown(await reportOf(name));
  expect(text).toContain(
    '# Conformance of x \\| \\<img src=x\\> \\[y\\](z) \\*\\*w\\*\\*\\\\x0a\\# h\\\\x0a\\`\\`\\`',
  );
  expect(text).toContain('  ````\n  x | <img');
  expect(text.split('\n').filter((line) => /^\s*```$/.test(line)).length).toBeGreaterThan(0);
  const outside = text.replaceAll(/^ {2}(`{3,})$[\s\S]*?^ {2}\1$/gm, '');
  expect(outside).not.toMatch(/^# h|(?<!\\)<(img|b)/m);
});

test('a page may load and run nothing', async () => {
  const { document } = parseHTML(page(await reportOf('x')));
  const policy = document
    .querySelector('meta[http-equiv="Content-Security-Policy"]')
    ?.getAttribute('content');
  expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
});
