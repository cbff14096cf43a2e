import type { CheckReport, Report, Summary } from '@softmax/conformance';
import { TYPES, ulpsByType } from '../check-table.ts';
import { printable } from '../printable.ts';
import { seconds } from '../seconds.ts';
import { markdownTable } from '../table.ts';
import { code, fenced, plain } from './markdown-text.ts';
import { matrixOf, standing } from './matrix.ts';

/** A report in Markdown: who ran, the matrix, what failed, what deviates. */
export function markdown(report: Report): string {
  const { suite, date, machine, backends } = report;
  const { runtime, platform, arch, cpus } = machine;
  const { rows } = matrixOf(report);
  const lines = [
    `# Conformance of ${backends.map(({ backend }) => plain(backend)).join(', ')}`,
    '',
    `Suite ${suite}, ${date}, ${runtime} on ${platform} ${arch}, ${cpus} threads.`,
    '',
    ...markdownTable(
      ['backend', 'held to', 'passed', 'failed', 'refused', 'deviating', 'time'],
      backends.map(({ backend, claims, checks, milliseconds }) => [
        plain(backend),
        claims,
        ...(['passed', 'failed', 'refused', 'deviating'] as const).map(
          (status) => `${countOf(checks, status)}`,
        ),
        seconds(milliseconds),
      ]),
    ),
    '',
    `Each operation: the level that it reaches, and its worst error in units in the last place of ${TYPES.join(' / ')}.`,
    '',
    ...markdownTable(
      ['operation', ...backends.map(({ backend }) => plain(backend))],
      rows.map(({ op, cells }) => [code(op), ...cells.map(cellText)]),
    ),
    ...backends.flatMap(({ backend, checks }) => [
      ...section(`Failed on ${plain(backend)}`, checks, 'failed'),
      ...section(`Deviating on ${plain(backend)}, as declared`, checks, 'deviating'),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

const countOf = (checks: readonly CheckReport[], status: CheckReport['status']): number =>
  checks.filter((each) => each.status === status).length;

function cellText(of: Summary | undefined): string {
  if (!of || standing(of) === 'refused') return '–';
  const measured = [of.level ?? '', ulpsByType(of)].filter(Boolean);
  const faults = [
    ...(of.failed > 0 ? [`**${of.failed} failed**`] : []),
    ...(of.deviating > 0 ? [`${of.deviating} deviating`] : []),
  ];
  return [measured.join(' · ') || (of.failed > 0 ? '' : 'passed'), ...faults].filter(Boolean).join(', ');
}

function section(head: string, checks: readonly CheckReport[], status: CheckReport['status']): string[] {
  const own = checks.filter((each) => each.status === status);
  if (own.length === 0) return [];
  return ['', `## ${head}`, '', ...own.flatMap(item)];
}

const item = ({ id, mistake, message }: CheckReport): string[] => [
  `- ${code(id)}: catches ${printable(mistake)}`,
  ...(message ? ['', ...fenced(message).map((line) => `  ${line}`), ''] : []),
];
