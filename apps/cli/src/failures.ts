import type { BackendReport } from '@softmax/conformance';
import type { Paint } from './streams.ts';

const SHOWN = 20;

/** What failed on a backend: the check, the mistake that it exists for, and what was found. */
export function failures({ backend, checks }: BackendReport, paint: Paint): string[] {
  const failed = checks.filter(({ status }) => status === 'failed');
  const shown = failed
    .slice(0, SHOWN)
    .flatMap(({ id, mistake, message = '' }) => [
      paint('red', `FAILED ${backend} ${id}`),
      `  catches: ${mistake}`,
      `  found:   ${message.replaceAll('\n', '\n           ')}`,
    ]);
  const more = failed.length - SHOWN;
  return more > 0 ? [...shown, `… and ${more} more on ${backend}: --json FILE has them all`] : shown;
}
