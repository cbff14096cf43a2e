// The README's support table, from what the backends of this machine declare: `pnpm support` writes it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [BEGIN, END] = ['<!-- support: written by pnpm support -->\n', '<!-- /support -->'];

/** @param {string} readme */
export function withSupportTable(readme) {
  const table = execFileSync(process.execPath, ['apps/cli/dist/main.js', 'support'], { encoding: 'utf8' });
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error('README.md has no place for the support table');
  return `${before}${BEGIN}${table}${END}${after}`;
}

if (process.argv[1]?.endsWith('support-table.mjs'))
  writeFileSync('README.md', withSupportTable(readFileSync('README.md', 'utf8')));
