import { table } from '@softmax/cli';
import { type Cell, isGood } from './cell.ts';

/** Runtimes × backends; then, for each cell that is not good, why. */
export function matrixText(cells: readonly Cell[], backends: readonly string[]): string[] {
  const runtimes = [...new Set(cells.map(({ runtime }) => runtime))];
  const find = (runtime: string, backend: string) =>
    cells.find((each) => each.runtime === runtime && each.backend === backend);
  const rows = runtimes.map((runtime) => {
    const own = backends.map((backend) => find(runtime, backend));
    const version = own.find((each) => each?.version)?.version ?? runtime;
    return [version, ...own.map(summary)];
  });
  const heads = ['runtime', ...backends].map((head) => ({ head }));
  return [...table(heads, rows), ...cells.filter((each) => !isGood(each)).flatMap(why)];
}

function summary(cell: Cell | undefined): string {
  if (!cell) return '–';
  const { passed, failed, refused, deviating, fault } = cell;
  if (fault !== undefined) return 'FAULT';
  const counts = { passed, failed, refused, deviating };
  const shown = Object.entries(counts).filter(([name, count]) => name === 'passed' || count > 0);
  return shown.map(([name, count]) => `${count} ${name}`).join(', ');
}

function why({ runtime, backend, fault, failures }: Cell): string[] {
  const head = `${runtime}, ${backend}: ${fault ?? `${failures.length} failed`}`;
  return [head, ...failures.slice(0, 5).map(({ id, message = '' }) => `  ${id}: ${message.split('\n')[0]}`)];
}
