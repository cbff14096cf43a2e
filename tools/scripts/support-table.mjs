// The README's tables. `pnpm support` writes both: what the backends of this machine declare, and what a quick run of
// the plan measures of them. `pnpm support cpu wasm` measures these, and `pnpm support none` writes the tables only.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { accuracyTable, measured } from './accuracy.mjs';

const MEASURED = 'tools/scripts/accuracy.json';
const CLI = 'apps/cli/dist/main.js';

/** Replaces what is between the marks of a table. */
function withTable(/** @type {string} */ readme, /** @type {string} */ name, /** @type {string} */ table) {
  const [begin, end] = [`<!-- ${name}: written by pnpm support -->\n`, `<!-- /${name} -->`];
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`README.md has no place for the ${name} table`);
  return `${before}${begin}${table}${end}${after}`;
}

/** @param {string} readme */
export const withSupportTable = (readme) =>
  withTable(readme, 'support', execFileSync(process.execPath, [CLI, 'support'], { encoding: 'utf8' }));

/** @param {string} readme @param {import('./accuracy.mjs').Table} table */
export const withAccuracyTable = (readme, table) =>
  withTable(readme, 'accuracy', `\n${accuracyTable(table)}\n`);

/** A quick run of the plan, or of a part of it. @param {string[]} args @returns {import('./accuracy.mjs').Report} */
export function reportOf(args) {
  const command = [CLI, 'check', ...args, '--quick', '--json', '-'];
  return JSON.parse(
    execFileSync(process.execPath, command, {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
}

/** @returns {import('./accuracy.mjs').Table} */
export const readMeasured = () => JSON.parse(readFileSync(MEASURED, 'utf8'));

function measure(/** @type {string[]} */ names) {
  const { suite, backends } = reportOf([...names, '--category', 'accuracy']);
  const found = backends.map(measured);
  const before = names.length > 0 ? readMeasured().backends : [];
  const kept = before.map((each) => found.find(({ backend }) => backend === each.backend) ?? each);
  const added = found.filter(({ backend }) => !kept.some((each) => each.backend === backend));
  writeFileSync(MEASURED, `${JSON.stringify({ suite, backends: [...kept, ...added] }, null, 2)}\n`);
}

if (process.argv[1]?.endsWith('support-table.mjs')) {
  const names = process.argv.slice(2);
  if (names[0] !== 'none') measure(names);
  const readme = readFileSync('README.md', 'utf8');
  writeFileSync('README.md', withAccuracyTable(withSupportTable(readme), readMeasured()));
}
