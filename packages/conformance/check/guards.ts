// Removes each guard of the reference's kernels in turn (`if (…)` never holds), and prints which checks of the quick
// plan fail. `pnpm check:guards`, or `pnpm check:guards entmax.js exp.js` for some files alone.
import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Guard, Verdict } from './guard.ts';

const CPU = new URL('cpu/', import.meta.resolve('@softmax/core'));
/** Milliseconds after which a kernel without its guard is taken to run for ever. */
const PATIENCE = 60_000;

/** The guards of a file, by their conditions; `start` and `end` enclose a condition. */
function guardsOf(file: string): Guard[] {
  const text = readFileSync(new URL(file, CPU), 'utf8');
  return [...text.matchAll(/\bif \(/g)].map((found) => {
    const start = found.index + found[0].length;
    let end = start;
    for (let depth = 1; depth > 0; end++) depth += { '(': 1, ')': -1 }[text[end] as string] ?? 0;
    return { file, start, end: end - 1, condition: text.slice(start, end - 1).replaceAll(/\s+/g, ' ') };
  });
}

/** The verdicts of a thread, until one guard takes too long; that one is the first of `left`. */
function tried(guards: readonly Guard[], told: (verdict: Verdict) => void): Promise<readonly Guard[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('guard.ts', import.meta.url), { workerData: guards });
    let done = 0;
    const end = () => {
      resolve(guards.slice(done));
      void worker.terminate();
    };
    let watch = setTimeout(end, 2 * PATIENCE);
    worker.on('message', (verdict: Verdict) => {
      told(verdict);
      clearTimeout(watch);
      if (++done === guards.length) end();
      else watch = setTimeout(end, PATIENCE);
    });
    worker.on('error', reject);
  });
}

/** The checks of an operation in a line, by name as far as four: `special/softmax: nan-first, ties (and 12 more)`. */
function lines(failed: readonly string[]): string[] {
  const names = new Map<string, string[]>();
  for (const id of failed) {
    const at = id.lastIndexOf('/');
    names.set(id.slice(0, at), [...(names.get(id.slice(0, at)) ?? []), id.slice(at + 1)]);
  }
  return [...names].map(([of, each]) => {
    const more = each.length > 4 ? ` (and ${each.length - 4} more)` : '';
    return `${of}: ${each.slice(0, 4).join(', ')}${more}`;
  });
}

const files = process.argv.slice(2);
const all = readdirSync(CPU).filter((file) => file.endsWith('.js'));
const chosen = all.filter((file) => files.length === 0 || files.includes(file));
let done = 0;
const tally = { killed: 0, endless: 0, alive: 0 };
const record = ({ file, condition }: Guard, found: readonly string[]) => {
  done++;
  console.log(`${done} of ${total}: ${file}: if (${condition})`);
  for (const line of found) console.log(`  ${line}`);
};
let left: readonly Guard[] = chosen.flatMap(guardsOf);
const total = left.length;
while (left.length > 0) {
  left = await tried(left, ({ guard, failed }) => {
    tally[failed.length > 0 ? 'killed' : 'alive']++;
    record(guard, failed.length > 0 ? lines(failed) : ['nothing fails']);
  });
  const [endless, ...rest] = left;
  if (endless) {
    tally.endless++;
    record(endless, ['does not end']);
  }
  left = rest;
}
console.log(
  `${total} guards removed, one at a time: ${tally.killed} make checks fail, ${tally.endless} never end, ${tally.alive} change nothing that is checked`,
);
