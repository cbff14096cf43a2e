import { ulps } from '../check-table.ts';
import { printable } from '../printable.ts';
import { type Column, table } from '../table.ts';
import { type BenchResults, type TaskResult, throughput } from './results.ts';

const COLUMNS: readonly Column[] = [
  { head: 'system' },
  ...['µs', 'quartiles', 'alone', 'GB/s', 'times as long', 'quartiles', 'worst ulp'].map(
    (head): Column => ({ head, align: 'right' }),
  ),
];

/** 0.123, 1.23, 12.3, 123, 1230 */
export const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(3);

/** A task as lines of text: the systems beside each other. */
export function taskText(task: TaskResult): string[] {
  const rows = task.timings.map((each) => [
    each.system,
    figure(each.median),
    each.quartiles.map(figure).join('–'),
    figure(each.alone),
    figure(throughput(task, each)),
    figure(each.ratio.median),
    each.ratio.quartiles.map(figure).join('–'),
    each.ulp === null ? '–' : ulps(each.ulp),
  ]);
  return [`${task.op} ${task.size} float32`, ...table(COLUMNS, rows).map((line) => `  ${line}`), ''];
}

/** What stands beside the tasks: the cold starts, the bundles, who was not there. */
export function closingText({ weights, absent }: BenchResults): string[] {
  const rows = weights.map(({ system, coldStart, bundle }) => [
    system,
    coldStart ? figure(coldStart.median) : '–',
    bundle ? figure(bundle.gzip / 1000) : '–',
  ]);
  const columns: Column[] = [
    { head: 'system' },
    { head: 'cold start, ms', align: 'right' },
    { head: 'bundle, kB gzip', align: 'right' },
  ];
  return [
    ...(rows.length > 0 ? [...table(columns, rows), ''] : []),
    ...absent.map(({ system, reason }) => printable(`not here: ${system} (${reason})`)),
  ];
}
