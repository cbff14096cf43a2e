import { printable } from './printable.ts';
export interface Column {
  readonly head: string;
  /** Default: left. */
  readonly align?: 'left' | 'right';
}

/** Lines of text in columns as wide as they need to be: the head, a rule, the rows. */
export function table(columns: readonly Column[], texts: readonly (readonly string[])[]): string[] {
  const rows = texts.map((cells) => cells.map(printable));
  const heads = columns.map(({ head }) => printable(head));
  const widths = heads.map((head, c) => Math.max(head.length, ...rows.map((row) => (row[c] ?? '').length)));
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, c) => {
        const [cell, width] = [cells[c] ?? '', widths[c] ?? 0];
        return align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(heads), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)];
}

/** The same in Markdown. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}
