// A thread of `guards.ts`: the plan on kernels of which one guard is gone, guard by guard.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { cpu, type Host, type KernelTable } from '@softmax/core';
import { plan } from '../src/index.ts';
import { CASES } from '../src/plan/cases.ts';
import { idOf } from '../src/plan/id.ts';
import { families } from './families.ts';

/** A condition of a built file, between `start` and `end`. */
export interface Guard {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly condition: string;
}
export interface Verdict {
  readonly guard: Guard;
  /** The checks that fail without it. */
  readonly failed: readonly string[];
}

const CPU = new URL('cpu/', import.meta.resolve('@softmax/core'));
const guards = workerData as readonly Guard[];
const options = {
  quick: true,
  categories: ['contract', 'special', 'known', 'accuracy', 'law', 'gradient'],
} as const;

// A module of kernels that is asked for with ?guard=k, and all beside it that it imports, are modules of their own.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const query = context.parentURL?.split('?guard=')[1];
    return query && found.url.startsWith(CPU.href) ? { ...found, url: `${found.url}?guard=${query}` } : found;
  },
  load(url, context, next) {
    const [path = '', query] = url.split('?guard=');
    const guard = guards[Number(query)];
    if (query === undefined || !guard || path !== new URL(guard.file, CPU).href) return next(url, context);
    const text = readFileSync(new URL(path), 'utf8');
    const source = `${text.slice(0, guard.start)}false${text.slice(guard.end)}`;
    return { format: 'module', source, shortCircuit: true };
  },
});

const importsOf = (file: string): string[] =>
  [...readFileSync(new URL(file, CPU), 'utf8').matchAll(/from '\.\/([\w-]+\.js)'/g)].map(
    ([, name = '']) => name,
  );

/** A file and all that it imports, however far. */
function reached(file: string): ReadonlySet<string> {
  const seen = new Set([file]);
  for (const each of seen) for (const next of importsOf(each)) seen.add(next);
  return seen;
}

/** The kernels, and the files on which each depends. */
const kernels = [
  ...readFileSync(new URL('kernels.js', CPU), 'utf8').matchAll(/export \{ (.+?) \} from '\.\/(.+?)'/g),
].flatMap(([, names = '', file = '']) => names.split(', ').map((name) => ({ name, files: reached(file) })));

const failing = async (own: KernelTable<Host, 'sync'>, met: ReadonlySet<string>): Promise<string[]> => {
  const failed: string[] = [];
  for (const each of plan({ ...cpu(), kernels: own }, options))
    if (met.has(each.id))
      await each.run().catch(() => {
        failed.push(each.id);
      });
  return failed;
};

for (const [k, guard] of guards.entries()) {
  const hang = new Set(kernels.filter(({ files }) => files.has(guard.file)).map(({ name }) => name));
  const met = new Set(
    CASES.filter(({ needs }) => needs.kernels.some((kernel) => hang.has(kernel))).map(idOf),
  );
  const own = (await import(new URL(`kernels.js?guard=${k}`, CPU).href)) as KernelTable<Host, 'sync'>;
  const verdict: Verdict = { guard, failed: families(await failing(own, met), [...met]) };
  parentPort?.postMessage(verdict);
}
