import { printable, printableLines } from '../printable.ts';

/** Text in Markdown that is no markup: one line, whose signs are escaped. */
export const plain = (text: string): string =>
  printable(text).replaceAll(/[\\`*_[\]<>&|#~!$]/g, (sign) => `\\${sign}`);

/** Text as code in a line, between more backticks than it has in a row. */
export function code(text: string): string {
  const shown = printable(text).replaceAll('|', '\\|');
  const ticks = '`'.repeat(longestRun(shown) + 1);
  const space = /^`|`$/.test(shown) ? ' ' : '';
  return `${ticks}${space}${shown}${space}${ticks}`;
}

/** Lines of text as a block of code, whose fence is longer than any in it. */
export function fenced(text: string): string[] {
  const lines = printableLines(text).split('\n');
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [fence, ...lines, fence];
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
