import type { Report } from '@softmax/conformance';
import { checkTable } from './check-table.ts';
import { failures } from './failures.ts';
import type { Absent } from './open.ts';
import { seconds } from './seconds.ts';
import type { Paint } from './streams.ts';
import { ulpTable } from './ulp-table.ts';

/** All that `softmax check` prints: the table, what failed, what is not here, and one line of totals. */
export const checkText = (
  report: Report,
  absent: readonly Absent[],
  paint: Paint,
  isCompact: boolean,
): string[] => [
  ...(isCompact ? ulpTable : checkTable)(report.backends, paint),
  '',
  ...report.backends.flatMap((each) => failures(each, report.options, paint)),
  ...absent.map((each) => absence(each, paint)),
  total(report, paint),
];

const absence = ({ name, reason, broken }: Absent, paint: Paint): string =>
  broken
    ? paint('red', `FAILED ${name} does not start: ${reason}`)
    : paint('yellow', `not here: ${name} (${reason})`);

function total({ backends: reports, suite }: Report, paint: Paint): string {
  const checks = reports.flatMap((report) => report.checks);
  const counts = (['passed', 'failed', 'refused', 'deviating'] as const).map(
    (status) => `${checks.filter((each) => each.status === status).length} ${status}`,
  );
  const time = reports.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const backends = `${reports.length} backend${reports.length === 1 ? '' : 's'}`;
  const style = checks.some(({ status }) => status === 'failed') ? 'red' : 'green';
  return paint(style, `${backends}, suite ${suite}: ${counts.join(', ')} in ${seconds(time)}`);
}
