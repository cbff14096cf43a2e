import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type BenchResults, type TaskResult, throughput } from './results.ts';

/** An error below it is drawn there: 0 has no logarithm. */
const FLOOR = 0.05;

interface Point {
  readonly system: string;
  readonly n: number;
  readonly value: number;
}

const points = (
  tasks: readonly TaskResult[],
  value: (task: TaskResult, k: number) => number | null,
): Point[] =>
  tasks.flatMap((task) =>
    task.timings.flatMap(({ system }, k) => {
      const found = value(task, k);
      return found === null || !Number.isFinite(found) ? [] : [{ system, n: task.n, value: found }];
    }),
  );

/** Tasks whose rows are the last axis, one of each length: the fewest rows. */
const byLength = ({ tasks }: BenchResults, op: string): TaskResult[] => {
  const own = tasks.filter((each) => each.op === op).sort((a, b) => a.n - b.n || a.elements - b.elements);
  return own.filter(({ n }, k) => n !== own[k - 1]?.n);
};

/** The throughput of an operation against the length of its rows, as SVG; null where there are fewer than two lengths. */
export function throughputPlot(results: BenchResults, op: string): string | null {
  const tasks = byLength(results, op);
  return lines(
    results,
    points(tasks, (task, k) => throughput(task, task.timings[k] as TaskResult['timings'][number])),
    `${op}: throughput against row length`,
    'GB/s',
  );
}

/** The worst error against the length of the rows, likewise. */
export function errorPlot(results: BenchResults, op: string): string | null {
  const tasks = byLength(results, op);
  const drawn = points(tasks, (task, k) => {
    const ulp = task.timings[k]?.ulp ?? null;
    return ulp === null ? null : Math.max(ulp, FLOOR);
  });
  return lines(results, drawn, `${op}: worst error against row length`, 'ulp');
}

const DASHES = ['none', '5,3', '1.5,2.5'];
/** The same as a sign before a name. */
const SIGNS = ['━━', '╍╍', '┅┅'];
const COLOURS = 8;

const colourAt = (k: number): string => `var(--line-${k % COLOURS}, currentColor)`;
const kindOf = (k: number): number => Math.floor(k / COLOURS) % DASHES.length;

function lines(
  { systems }: BenchResults,
  drawn: readonly Point[],
  title: string,
  unit: string,
): string | null {
  if (new Set(drawn.map(({ n }) => n)).size < 2) return null;
  const names = systems.map(({ name }) => name);
  const place = ({ system }: Point) => names.indexOf(system);
  // The names stand beside the plot in the order in which the lines end there, the highest first.
  const ends = names
    .flatMap((system) => drawn.filter((each) => each.system === system).slice(-1))
    .sort((a, b) => b.value - a.value);
  const { document } = parseHTML('<html></html>');
  const figure = Plot.plot({
    document,
    width: 760,
    height: Math.max(380, 60 + 15 * ends.length),
    marginLeft: 50,
    marginRight: 250,
    ariaLabel: title,
    x: { type: 'log', label: 'row length', ticks: 6, tickFormat: '~s' },
    y: { type: 'log', label: unit, ticks: 6, tickFormat: '~g', grid: true },
    marks: [
      ...names.map((system, k) =>
        Plot.line(
          drawn.filter((each) => each.system === system),
          { x: 'n', y: 'value', stroke: colourAt(k), strokeDasharray: DASHES[kindOf(k)] ?? 'none' },
        ),
      ),
      ...ends.map((end, row) =>
        Plot.text([`${SIGNS[kindOf(place(end))]} ${end.system}`], {
          frameAnchor: 'top-right',
          textAnchor: 'start',
          lineAnchor: 'top',
          dx: 14,
          dy: 15 * row,
          fontSize: 11,
          fill: colourAt(place(end)),
        }),
      ),
      Plot.dot(drawn, { x: 'n', y: 'value', r: 2, fill: (each: Point) => colourAt(place(each)) }),
    ],
  });
  return figure.outerHTML;
}
