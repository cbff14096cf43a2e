import type { BackendReport, CheckReport, Report } from '@softmax/conformance';
import { ulps } from './check-table.ts';
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
      `  catches: ${each.mistake}`,
      ...(each.worst ? [`  worst:   ${worstText(each.worst)}`] : []),
      `  found:   ${(each.message ?? '').replaceAll('\n', '\n           ')}`,
      `  alone:   ${repeatOf(argument, each.id, options)}`,
    ]);
  const more = failed.length - SHOWN;
  return more > 0 ? [...shown, `… and ${more} more on ${backend}: --json FILE has them all`] : shown;
}

/** element 3, in a row of 64, float32: expected 0.25, got 0.5, 4.2e+6 ulp apart */
export const worstText = ({
  index,
  n,
  dtype,
  expected,
  got,
  ulp,
}: NonNullable<CheckReport['worst']>): string =>
  `element ${index}, in a row of ${n}, ${dtype}: expected ${expected}, got ${got}, ${ulps(Number(ulp))} ulp apart`;
