import { type BackendReport, type Summary, summarize } from '@softmax/conformance';
import type { FloatType } from '@softmax/core';
import { seconds } from './seconds.ts';
import type { Paint } from './streams.ts';
import { type Column, table } from './table.ts';

/** In the order of tables. */
export const TYPES = ['float32', 'float64', 'float16'] as const;

const COLUMNS: readonly Column[] = [
  { head: 'operation' },
  { head: 'backend' },
  { head: 'level' },
  ...['ulp float32', 'float64', 'float16', 'passed', 'failed', 'refused', 'deviating', 'time'].map(
    (head): Column => ({ head, align: 'right' }),
  ),
];

/** One row for each operation on each backend, the backends of an operation side by side. */
export function checkTable(reports: readonly BackendReport[], paint: Paint): string[] {
  const summaries = reports.flatMap(summarize);
  const ops = [...new Set(summaries.map(({ op }) => op))];
  const sorted = ops.flatMap((op) => summaries.filter((each) => each.op === op));
  const [head = '', rule = '', ...lines] = table(COLUMNS, sorted.map(cells));
  const rows = lines.map((line, k) => paintRow(line, sorted[k], paint));
  return [paint('bold', head), paint('dim', rule), ...rows];
}

const paintRow = (line: string, summary: Summary | undefined, paint: Paint): string => {
  if (summary?.failed) return paint('red', line);
  return summary?.offered === false ? paint('dim', line) : line;
};

const cells = (of: Summary): string[] => [
  of.op,
  of.backend,
  of.level ?? '–',
  ...TYPES.map((dtype) => ulpOf(of, dtype)),
  ...[of.passed, of.failed, of.refused, of.deviating].map(String),
  seconds(of.milliseconds),
];

function ulpOf(of: Summary, dtype: FloatType): string {
  const ulp = of.ulps[dtype];
  return ulp === undefined ? '–' : ulps(ulp);
}

/** 0.50 / 1.31 / 0.50, of `TYPES`; nothing where nothing was measured. */
export const ulpsByType = (of: Summary): string =>
  Object.keys(of.ulps).length === 0 ? '' : TYPES.map((dtype) => ulpOf(of, dtype)).join(' / ');

/** 0.50, 12, 1.2e+7, ∞ */
export const ulps = (ulp: number): string => {
  if (ulp === Number.POSITIVE_INFINITY) return '∞';
  return ulp < 10 ? ulp.toFixed(2) : ulp < 1e4 ? ulp.toFixed(0) : ulp.toExponential(1);
};
