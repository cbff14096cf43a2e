import { parseArgs } from 'node:util';
import { SUITE } from '@softmax/conformance';
import { BACKENDS } from './backends.ts';
import { type Cell, isGood } from './cell.ts';
import { inPage } from './in-page.ts';
import { inProcess } from './in-process.ts';
import { matrixText } from './matrix-text.ts';
import { planOf, type Ran, writeResults } from './results.ts';
import { RUNTIMES } from './runtimes.ts';

// The plan on every runtime and backend: `pnpm matrix`. The quick plan, unless --full.
const { values } = parseArgs({
  options: {
    runtimes: { type: 'string' },
    backends: { type: 'string' },
    id: { type: 'string' },
    full: { type: 'boolean' },
    json: { type: 'string' },
  },
});

function chosen<T>(all: readonly T[], name: (each: T) => string, given: string | undefined): readonly T[] {
  const wanted = given?.split(',') ?? all.map(name);
  const unknown = wanted.find((each) => !all.some((one) => name(one) === each));
  if (unknown !== undefined) throw new Error(`no ${unknown}; there are ${all.map(name).join(', ')}`);
  return all.filter((each) => wanted.includes(name(each)));
}

/** A long run says how far it is, and writes what it has. */
function told(cell: Cell): void {
  console.error(`  ${cell.backend}: ${cell.fault ?? `${cell.passed} passed, ${cell.failed} failed`}`);
  cells.push({ ...cell, plan, date: new Date().toISOString() });
  if (values.json) writeResults(values.json, { suite: SUITE, cells });
}

const rows = chosen(RUNTIMES, ({ runtime }) => runtime, values.runtimes);
const asked = BACKENDS.filter((each) => values.backends !== undefined || !each.asked);
const columns = chosen(asked, ({ backend }) => backend, values.backends);
const args = [...(values.full ? [] : ['--quick']), ...(values.id ? ['--id', values.id] : [])];
const options = { quick: !values.full, ...(values.id && { ids: [values.id] }) };
const plan = planOf(options);
const cells: Ran[] = [];

for (const row of rows) {
  const own = columns.filter((each) => each.in.includes(row.kind));
  console.error(`${row.runtime}:`);
  if (row.kind === 'process') for (const each of own) told(inProcess(row, each, args));
  else {
    const names = own.map(({ backend }) => backend);
    await inPage(row.runtime, names, options, told);
  }
}

console.log(
  matrixText(
    cells,
    columns.map(({ backend }) => backend),
  ).join('\n'),
);
const bad = cells.filter((each) => !isGood(each)).length;
console.log(`${cells.length - bad} of ${cells.length} cells without a failure, suite ${SUITE}`);
process.exitCode = bad > 0 ? 1 : 0;
