import { type BackendReport, worstByRow } from '@softmax/conformance';
import { Figure } from '../plot/figure.tsx';
import { colourOf, Key } from '../plot/key.tsx';
import { CHOICES } from './backends.ts';
import { Empty } from './race-plot.tsx';

const NAMES: readonly string[] = CHOICES.map(({ name }) => name);
/** An error below it is drawn there: 0 has no logarithm. */
const FLOOR = 0.05;

/** The worst float32 error of an operation that the plan found, against the length of its rows. */
export function ErrorPlot({
  reports,
  op,
}: {
  readonly reports: readonly BackendReport[];
  readonly op: string;
}) {
  const shown = reports.flatMap((report) => pointsOf(report, op));
  const worst = shown.reduce((most, { ulp }) => Math.max(most, ulp), FLOOR);
  return (
    <section class="card" aria-label="Error">
      {shown.length === 0 ? (
        <Empty
          title="Error"
          text="Press Check: the worst error of every row length, in units in the last place."
        />
      ) : (
        <Figure
          caption={`Error of ${op}, float32, in ulp of the exact value`}
          label={`The worst error is ${worst.toFixed(2)} units in the last place.`}
          of={[reports, op]}
          draw={(marks) => ({
            x: { type: 'log', label: 'row length', ticks: 5, tickFormat: '~s' },
            y: {
              type: 'log',
              label: 'ulp',
              domain: [FLOOR, Math.max(10, worst)],
              grid: true,
              ticks: 4,
              tickFormat: '~g',
            },
            marks: [
              marks.ruleY([0.5], { stroke: 'currentColor', strokeDasharray: '3,3' }),
              marks.line(shown, {
                x: 'n',
                y: 'ulp',
                z: 'backend',
                stroke: (each: { backend: string }) => colourOf(each.backend, NAMES),
                strokeWidth: 2,
              }),
              marks.dot(shown, {
                x: 'n',
                y: 'ulp',
                stroke: (each: { backend: string }) => colourOf(each.backend, NAMES),
                strokeWidth: 2,
                fill: ({ backend, flushed }: Point) => (flushed ? 'var(--card)' : colourOf(backend, NAMES)),
                r: 3.5,
              }),
            ],
          })}
        />
      )}
      <Key names={NAMES} shown={shown.map(({ backend }) => backend)} />
      {shown.length > 0 && <p class="hint">Dashed: half a unit, which is rounding alone.</p>}
      {shown.some(({ flushed }) => flushed) && (
        <p class="hint">
          Hollow: rows in which the backend took results as 0 that are below 1.2e−38, the smallest normal
          number. Level S1 allows it; each is wrong by up to 2²³ units, and is left out here.
        </p>
      )}
    </section>
  );
}

interface Point {
  readonly backend: string;
  readonly n: number;
  readonly ulp: number;
  /** Whether results that became 0 are left out. */
  readonly flushed: boolean;
}

function pointsOf({ backend, checks }: BackendReport, op: string): Point[] {
  const errors = checks
    .filter((each) => each.category === 'accuracy' && each.op === op)
    .flatMap((each) => each.errors ?? []);
  return worstByRow(errors)
    .filter(({ dtype }) => dtype === 'float32')
    .map(({ n, ulp, kept }) => ({
      backend,
      n: Math.max(n, 1),
      ulp: Math.max(kept ?? ulp, FLOOR),
      flushed: kept !== undefined,
    }));
}
