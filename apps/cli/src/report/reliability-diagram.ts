import * as Plot from '@observablehq/plot';
import type { CalibrationError } from '@softmax/core';
import { parseHTML } from 'linkedom';

/**
 * How often the answers of each confidence are right, before and after; on the diagonal they are calibrated. Bars are the
 * accuracy of a bin, dots its mean confidence, larger where it has more rows. A picture of its own: an SVG file.
 *
 * @see A. Niculescu-Mizil, R. Caruana, "Predicting Good Probabilities With Supervised Learning", ICML 2005
 */
export function reliabilityDiagram(before: CalibrationError, after: CalibrationError): string {
  const { document } = parseHTML('<html></html>');
  const panels = [
    { when: 'before', bins: before.bins },
    { when: 'after', bins: after.bins },
  ];
  const data = panels.flatMap(({ when, bins }) =>
    bins.map((bin, k) => ({ when, low: k / bins.length, high: (k + 1) / bins.length, ...bin })),
  );
  const filled = data.filter(({ count }) => count > 0);
  const svg = Plot.plot({
    document,
    width: 720,
    height: 400,
    ariaLabel: `Reliability: expected calibration error ${before.ece.toFixed(4)} before, ${after.ece.toFixed(4)} after`,
    fx: { domain: panels.map(({ when }) => when), label: null },
    x: { domain: [0, 1], label: 'confidence' },
    y: { domain: [0, 1], label: 'accuracy', grid: true },
    r: { range: [2, 8] },
    marks: [
      Plot.rect(filled, {
        fx: 'when',
        x1: 'low',
        x2: 'high',
        y1: 0,
        y2: 'accuracy',
        fill: '#9ec5e8',
        inset: 0.5,
      }),
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: '#555', strokeDasharray: '4,3' },
      ),
      Plot.dot(filled, {
        fx: 'when',
        x: 'confidence',
        y: 'accuracy',
        r: 'count',
        fill: '#c0392b',
        fillOpacity: 0.85,
      }),
      Plot.frame({ stroke: '#bbb' }),
    ],
  });
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return `${svg.outerHTML}\n`;
}
