// The speed table of README.md and of the guide, from tools/bench/results.json: `pnpm run figures` writes both, and the
// plot of the guide. `pnpm bench:full` measures.
import { readFileSync, writeFileSync } from 'node:fs';
import { type BenchResults, throughput, throughputPlot } from '@softmax/cli/bench';

const RESULTS = 'tools/bench/results.json';
const SIZES = ['1×1000', '32×1000', '1×50257', '64×50257'];
export const PAGES: readonly string[] = ['README.md', 'apps/docs/guide/speed.md'];

const readResults = (): BenchResults => JSON.parse(readFileSync(RESULTS, 'utf8')) as BenchResults;

/** Softmax in GB/s, and the worst error at the longest of these rows. */
export function speedTable({ date, machine, tasks, systems }: BenchResults): string {
  if (tasks.length === 0) return '\nNot measured yet on a machine that does nothing else.\n';
  const own = SIZES.flatMap((size) => tasks.filter((each) => each.op === 'softmax' && each.size === size));
  const rows = systems.map(({ name }) => {
    const cells = own.map((task) => {
      const timing = task.timings.find(({ system }) => system === name);
      return timing ? throughput(task, timing).toPrecision(2) : '–';
    });
    const ulps = own.flatMap(({ timings }) =>
      timings.flatMap(({ system, ulp }) => (system === name && ulp !== null ? [ulp] : [])),
    );
    return [name, ...cells, ulps.length > 0 ? Math.max(...ulps).toPrecision(2) : '–'];
  });
  const heads = ['GB/s', ...own.map(({ size }) => size), 'worst ulp'];
  const measured = rows.filter((cells) => cells.slice(1).some((cell) => cell !== '–'));
  const lines = [heads, heads.map((_, k) => (k === 0 ? '---' : '---:')), ...measured].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return `\n${lines.join('\n')}\n\nSoftmax of float32, one thread where a name tells no number, medians of turns taken side by side; ${machine.runtime}, ${machine.cpus} × ${machine.cpu}, ${date.slice(0, 10)}. Each element counts as one read and one write.\n`;
}

/** Replaces what is between the marks. */
export function withSpeed(page: string, text: string): string {
  const [begin, end] = ['<!-- speed: written by pnpm run figures -->\n', '<!-- /speed -->'];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error('the page has no place for the speed table');
  return `${before}${begin}${text}${end}${after}`;
}

/** What a page must hold: the guide has the plot too. */
export function currentPage(path: string): string {
  const results = readResults();
  const plot = path.startsWith('apps/docs') ? throughputPlot(results, 'softmax') : null;
  const text =
    plot === null
      ? speedTable(results)
      : `${speedTable(results)}\n<figure>${plot.replaceAll(/\n\s*/g, '')}</figure>\n`;
  return withSpeed(readFileSync(path, 'utf8'), text);
}

if (process.argv[1]?.endsWith('figures.js')) for (const path of PAGES) writeFileSync(path, currentPage(path));
