import { mkdirSync, writeFileSync } from 'node:fs';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { errorByDistance } from './error-by-distance.ts';
import { errorByLength } from './error-by-length.ts';
import type { Point } from './point.ts';
import { smallLosses } from './small-losses.ts';

// The pictures of the guide, from numbers that are computed here and now. Colours follow the page's text, so that they
// can be seen in the dark too; the two lines differ in dash as well as in colour.
const folder = new URL('../public/pictures/', import.meta.url);

interface Picture {
  readonly name: string;
  readonly title: string;
  readonly points: readonly Point[];
  readonly x: Plot.ScaleOptions;
  readonly y: Plot.ScaleOptions;
}

function draw({ name, title, points, x, y }: Picture): void {
  const { document } = parseHTML('<html></html>');
  const lines = (['usual', 'ours'] as const).map((way) =>
    Plot.line(
      points.filter((point) => point.way === way),
      {
        x: 'x',
        y: 'y',
        stroke: way === 'ours' ? '#3e9c5a' : '#d9534f',
        strokeWidth: 2,
        strokeDasharray: way === 'ours' ? '0' : '6,4',
      },
    ),
  );
  const last = (['usual', 'ours'] as const).flatMap((way) =>
    points.filter((point) => point.way === way).slice(-1),
  );
  const figure = Plot.plot({
    document,
    width: 680,
    height: 300,
    marginLeft: 64,
    marginRight: 60,
    ariaLabel: title,
    x,
    y: { grid: true, ...y },
    marks: [
      ...lines,
      Plot.text(last, { x: 'x', y: 'y', text: 'way', dx: 6, textAnchor: 'start', fontSize: 13 }),
    ],
  });
  figure.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const text = figure.outerHTML
    .replaceAll('currentColor', '#808080')
    .replace('fill="#808080"', 'fill="#808080" color="#808080"');
  writeFileSync(new URL(`${name}.svg`, folder), text);
}

mkdirSync(folder, { recursive: true });
draw({
  name: 'error-by-distance',
  title: 'Error of a probability against how far its logit is below the maximum',
  points: errorByDistance(),
  x: { label: 'below the maximum' },
  y: { label: 'worst error, ulp' },
});
draw({
  name: 'error-by-length',
  title: 'Error of probabilities against the length of the row',
  points: errorByLength(),
  x: { type: 'log', label: 'row length', tickFormat: '~s' },
  y: { type: 'log', label: 'worst error, ulp', tickFormat: '~s' },
});
draw({
  name: 'small-losses',
  title: 'Loss of a right answer against how far it is ahead',
  points: smallLosses(),
  x: { label: 'how far the target is ahead' },
  y: { type: 'log', label: 'loss', tickFormat: '.0e' },
});
