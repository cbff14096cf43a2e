import type { BackendReport, Report } from '@softmax/conformance';
import { printable, printableLines } from './printable.ts';
import { repeatOf } from './repeat.ts';
import type { Paint } from './streams.ts';

const SHOWN = 20;

/** What failed on a backend: the check, the mistake that it exists for, what was found, and how to see it again. */
export function failures(
  { backend, argument = backend, checks }: BackendReport,
  options: Report['options'],
  paint: Paint,
): string[] {
  const failed = checks.filter(({ status }) => status === 'failed');
  const shown = failed
    .slice(0, SHOWN)
    .flatMap((each) => [
      paint('red', `FAILED ${backend} ${each.id}`),
      `  catches: ${printable(each.mistake)}`,
      `  found:   ${printableLines(each.message ?? '').replaceAll('\n', '\n           ')}`,
      `  alone:   ${printable(repeatOf(argument, each.id, options))}`,
    ]);
  const more = failed.length - SHOWN;
  return more > 0
    ? [...shown, `… and ${more} more on ${printable(backend)}: --json FILE has them all`]
    : shown;
}
