import type { Candidate } from './candidate.ts';
import { type Present, withBackends } from './open.ts';
import { backendFile } from './own-backend.ts';
import { UsageError } from './usage-error.ts';

/** Opens one backend for as long as `work` takes: one that is known, or a module of the user's own. */
export async function withBackend<T>(
  candidates: readonly Candidate[],
  name: string,
  work: (on: Present) => Promise<T>,
): Promise<T> {
  const all = [...candidates, ...(/[./\\]/.test(name) ? [backendFile(name)] : [])];
  const known = all.map((each) => each.name);
  if (!known.includes(name))
    throw new UsageError(`--backend ${name}: allowed are ${known.join(', ')}, or a module: ./my-backend.js`);
  return withBackends(all, [name], async ({ here: [on] }) => {
    if (!on) throw new UsageError(`backend ${name} is not available`);
    return work(on);
  });
}
