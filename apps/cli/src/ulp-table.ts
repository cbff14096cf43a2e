import { type BackendReport, type Summary, summarize } from '@softmax/conformance';
import { OPERATIONS, type OpName } from '@softmax/core/operations';
import { ulps } from './check-table.ts';
import type { Paint } from './streams.ts';
import { type Column, table } from './table.ts';

/**
 * Operations down, backends across: the largest float32 error of an operation and its gradient, in ulp. Operations whose
 * error was not measured are absent.
 */
export function ulpTable(reports: readonly BackendReport[], paint: Paint): string[] {
  const all = reports.map(summarize);
  const names = [...new Set(all.flat().map(({ op }) => forwardOf(op)))];
  const rows = names
    .map((name) => [name, ...all.map((own) => cell(own.filter(({ op }) => forwardOf(op) === name)))])
    .filter(([, ...cells]) => cells.some((text) => text !== NONE));
  const heads = reports.map(({ backend }) => headOf(backend));
  const height = Math.max(...heads.map(({ length }) => length));
  const headLine = (k: number): string[] => [
    '',
    ...heads.map((lines) => lines[k - height + lines.length] ?? ''),
  ];
  const columns = headLine(height - 1).map(
    (head, k): Column => ({ head: k === 0 ? 'worst ulp, float32' : head, align: k === 0 ? 'left' : 'right' }),
  );
  const above = Array.from({ length: height - 1 }, (_, k) => headLine(k));
  // The lines of a head are rows of the same widths, moved above the last one.
  const [last = '', rule = '', ...lines] = table(columns, [...above, ...rows]);
  const head = [...lines.slice(0, above.length), last].map((line) => paint('bold', line));
  const body = lines.slice(above.length).map((line) => (line.includes(FAILED) ? paint('red', line) : line));
  return [...head, paint('dim', rule), ...body];
}

const NONE = '–';
const FAILED = 'failed';

/** The operation itself, or the one that a gradient differentiates: both share a row. */
const forwardOf = (op: string): string => OPERATIONS[op as OpName]?.gradientOf ?? op;

/** onnxruntime, node, accurate: one below the other. */
const headOf = (backend: string): readonly string[] => backend.split('-');

function cell(summaries: readonly Summary[]): string {
  const errors = summaries.flatMap(({ ulps: { float32 } }) => (float32 === undefined ? [] : [float32]));
  if (summaries.some(({ failed }) => failed > 0)) return FAILED;
  return errors.length === 0 ? NONE : ulps(Math.max(...errors));
}
