// The speed table of README.md and of the guide, from tools/bench/figures.json. `pnpm bench:full` measures and writes
// tools/bench/results.json, which is not kept; `pnpm run figures` takes the figures from it, and writes both pages.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type BenchResults, throughput, throughputPlot } from '@softmax/cli/bench';

const RESULTS = 'tools/bench/results.json';
const FIGURES = 'tools/bench/figures.json';
const SIZES = ['1×1000', '32×1000', '1×50257', '64×50257'];
export const PAGES: readonly string[] = ['README.md', 'apps/docs/guide/speed.md'];
const [BEGIN, END] = ['<!-- speed: written by pnpm run figures -->\n', '<!-- /speed -->'];

/** The figures of a run that the docs print: GB/s at each size, and the worst error in ulp. */
export interface Figures {
  readonly date: string;
  readonly machine: string;
  readonly sizes: readonly string[];
  readonly systems: readonly (readonly [name: string, ...cells: (number | null)[]])[];
}

const rounded = (value: number): number => Number(value.toPrecision(2));

export function figuresOf({ date, machine, tasks, systems }: BenchResults): Figures {
  const own = SIZES.flatMap((size) => tasks.filter((each) => each.op === 'softmax' && each.size === size));
  const rows = systems.map(({ name }) => {
    const cells = own.map((task) => {
      const timing = task.timings.find(({ system }) => system === name);
      return timing ? rounded(throughput(task, timing)) : null;
    });
    const ulps = own.flatMap(({ timings }) =>
      timings.flatMap(({ system, ulp }) => (system === name && ulp !== null ? [ulp] : [])),
    );
    return [name, ...cells, ulps.length > 0 ? rounded(Math.max(...ulps)) : null] as const;
  });
  return {
    date: date.slice(0, 10),
    machine: `${machine.runtime}, ${machine.cpus} × ${machine.cpu}`,
    sizes: own.map(({ size }) => size),
    systems: rows.filter((cells) => cells.slice(1).some((cell) => cell !== null)),
  };
}

export function speedTable({ date, machine, sizes, systems }: Figures): string {
  const heads = ['GB/s', ...sizes, 'worst ulp'];
  const rows = systems.map(([name, ...cells]) => [name, ...cells.map((cell) => cell ?? '–')]);
  const lines = [heads, heads.map((_, k) => (k === 0 ? '---' : '---:')), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return `\n${lines.join('\n')}\n\nfloat32 softmax, single-threaded unless the row says otherwise. Medians of interleaved runs; ${machine}, ${date}. Each element counts as one read and one write.\n`;
}

/** Replaces what is between the marks. */
export function withSpeed(page: string, text: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error('the page has no place for the speed table');
  return `${before}${BEGIN}${text}${END}${after}`;
}

export const readFigures = (): Figures => JSON.parse(readFileSync(FIGURES, 'utf8')) as Figures;

/** Takes the figures of a run, and writes the pages; the guide has the plot of the run too. */
function write(): void {
  if (!existsSync(RESULTS)) throw new Error(`${RESULTS} is not here: pnpm bench:full makes it`);
  const results = JSON.parse(readFileSync(RESULTS, 'utf8')) as BenchResults;
  const figures = figuresOf(results);
  writeFileSync(FIGURES, `${JSON.stringify(figures, null, 2)}\n`);
  const plot = throughputPlot(results, 'softmax')?.replaceAll(/\n\s*/g, '');
  for (const path of PAGES) {
    const figure = path.startsWith('apps/docs') && plot ? `\n<figure>${plot}</figure>\n` : '';
    writeFileSync(path, withSpeed(readFileSync(path, 'utf8'), `${speedTable(figures)}${figure}`));
  }
}

if (process.argv[1]?.endsWith('figures.js')) write();
