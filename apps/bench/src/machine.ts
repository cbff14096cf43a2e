import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Writes what was measured, and on which machine. */
export function writeResults(file: string, results: readonly object[]): void {
  const machine = {
    runtime: `node ${process.versions.node}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cpus: cpus().length,
  };
  writeFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), machine, results }, null, 2)}\n`);
  console.log(`Written to ${file}.`);
}
