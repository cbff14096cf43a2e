import * as Plot from '@observablehq/plot';
import { type CheckReport, type Report, type RowError, worstByRow } from '@softmax/conformance';
import { parseHTML } from 'linkedom';
import { html, Markup } from './markup.ts';
import { colourOf } from './style.ts';

interface Point extends RowError {
  readonly backend: string;
  readonly op: string;
}

/** A curve of fewer lengths says nothing. */
const FEWEST = 4;
/** An error below it is drawn there: 0 has no logarithm. */
const FLOOR = 0.05;

const FLUSHED = html`<p class="quiet">Hollow: results below the smallest normal number became 0, as the backend declares; they are left out.</p>`;

/** For each dtype, one small plot for each operation: worst error against row length, a line for each backend. */
export function errorPlots({ backends }: Report): Markup {
  const points = backends.flatMap(({ backend, checks }) => pointsOf(backend, checks));
  const legend = backends.map(
    ({ backend }, k) =>
      html`<li><span class="swatch" style="background: ${colourOf(k)}"></span>${backend}</li>`,
  );
  const sections = (['float32', 'float64', 'float16'] as const).map((dtype) => {
    const own = points.filter((each) => each.dtype === dtype);
    const ops = [...new Set(own.map(({ op }) => op))].filter(
      (op) => new Set(own.filter((each) => each.op === op).map(({ n }) => n)).size >= FEWEST,
    );
    if (ops.length === 0) return html``;
    const names = backends.map(({ backend }) => backend);
    const top = own.reduce((most, { ulp }) => Math.max(most, ulp), 10);
    const plots = ops.map((op) =>
      plotOf(
        op,
        own.filter((each) => each.op === op),
        names,
        top,
      ),
    );
    return html`<details${new Markup(dtype === 'float32' ? ' open' : '')}>
<summary>${dtype}: ${ops.length} operations</summary>
<div class="plots">${plots}</div>
</details>
`;
  });
  return html`<ul class="legend" aria-label="Colours of backends">${legend}</ul>${points.some(({ kept }) => kept !== undefined) ? FLUSHED : html``}${sections}`;
}

function pointsOf(backend: string, checks: readonly CheckReport[]): Point[] {
  const measured = checks.filter(({ category }) => category === 'accuracy');
  return [...new Set(measured.map(({ op }) => op))].flatMap((op) => {
    const own = measured.filter((each) => each.op === op);
    // A failure measures only the element that is worst.
    const failed = own.flatMap(({ worst }) =>
      worst && Number.isFinite(Number(worst.ulp))
        ? [{ dtype: worst.dtype, n: worst.n, ulp: Number(worst.ulp) }]
        : [],
    );
    const errors = worstByRow([...own.flatMap((each) => each.errors ?? []), ...failed]);
    // Results that became 0 because the backend keeps no subnormals would hide all others.
    return errors.map((each) => ({ ...each, ulp: each.kept ?? each.ulp, op, backend }));
  });
}

function plotOf(op: string, points: readonly Point[], names: readonly string[], top: number): Markup {
  const { document } = parseHTML('<html></html>');
  const drawn = points.map((each) => ({ ...each, n: Math.max(each.n, 1), ulp: Math.max(each.ulp, FLOOR) }));
  const longest = Math.max(100, ...drawn.map(({ n }) => n));
  const figure = Plot.plot({
    document,
    width: 340,
    height: 200,
    marginLeft: 44,
    marginBottom: 34,
    ariaLabel: `${op}: worst error in ulp against row length`,
    x: {
      type: 'log',
      domain: [1, longest],
      label: 'row length',
      ticks: decades(longest),
      tickFormat: '~s',
    },
    y: { type: 'log', domain: [FLOOR, top], label: 'ulp', ticks: decades(top), tickFormat: '~s', grid: true },
    color: { domain: [...names], range: names.map((_, k) => colourOf(k)) },
    marks: [
      Plot.ruleY([1], { stroke: 'currentColor', strokeDasharray: '2,3', strokeOpacity: 0.6 }),
      ...curves(drawn, names),
      Plot.dot(drawn, {
        x: 'n',
        y: 'ulp',
        fill: 'backend',
        stroke: 'backend',
        fillOpacity: (each: Point) => (each.kept === undefined ? 1 : 0),
        r: 1.5,
      }),
    ],
  });
  return html`<figure><figcaption>${op}</figcaption>${new Markup(figure.outerHTML)}</figure>`;
}

/** A line for each backend; one that is the same as others before it is dashed, so that those are seen through it. */
function curves(points: readonly Point[], names: readonly string[]): Plot.Line[] {
  const own = names.map((name) => points.filter(({ backend }) => backend === name));
  const keys = own.map((each) => JSON.stringify(each.map(({ n, ulp }) => [n, ulp])));
  return own.map((each, k) => {
    const same = keys.slice(0, k).filter((key) => key === keys[k]).length;
    const dashes = same === 0 ? {} : { strokeDasharray: `5,${5 * same}` };
    return Plot.line(each, { x: 'n', y: 'ulp', stroke: 'backend', strokeWidth: 2, ...dashes });
  });
}

/** 1, 10, 100 … up to what is shown; few enough to be read. */
function decades(to: number): number[] {
  const all = Array.from({ length: Math.floor(Math.log10(to)) + 1 }, (_, k) => 10 ** k);
  return all.filter((_, k) => all.length <= 6 || k % 2 === 0);
}
