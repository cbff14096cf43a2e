import type { CalibrationError } from '@softmax/core';
import { Figure } from '../plot/figure.tsx';
import { colourOf, Key } from '../plot/key.tsx';
import type { Calibration } from './calibration.ts';

const NAMES = ['before', 'after'];
/** A share of fewer digits is chance. */
const FEWEST = 5;

/** How often it is right against how sure it is: on the diagonal its probabilities mean what they say. */
export function ReliabilityPlot({ calibration }: { readonly calibration: Calibration | undefined }) {
  const points = calibration
    ? [...binsOf('before', calibration.before), ...binsOf('after', calibration.after)]
    : [];
  const percent = (error: CalibrationError) => `${(100 * error.ece).toFixed(1)} %`;
  return (
    <div>
      <Figure
        caption="How sure, and how often right"
        label={
          calibration
            ? `The calibration error falls from ${percent(calibration.before)} to ${percent(calibration.after)}.`
            : 'Nothing learnt yet.'
        }
        of={[calibration]}
        draw={(marks) => ({
          x: { label: 'how sure', domain: [0, 1] },
          y: { label: 'how often right', domain: [0, 1], grid: true },
          marks: [
            marks.line([0, 1], { x: Number, y: Number, stroke: 'currentColor', strokeDasharray: '3,3' }),
            marks.line(points, {
              x: 'confidence',
              y: 'accuracy',
              z: 'when',
              stroke: ({ when }: { readonly when: string }) => colourOf(when, NAMES),
              strokeWidth: 2,
            }),
            marks.dot(points, {
              x: 'confidence',
              y: 'accuracy',
              fill: ({ when }: { readonly when: string }) => colourOf(when, NAMES),
              r: ({ count }: { readonly count: number }) => Math.sqrt(count) / 3 + 2,
            }),
          ],
          r: { type: 'identity' },
        })}
      />
      <Key names={NAMES} shown={calibration ? NAMES : []} />
    </div>
  );
}

const binsOf = (when: string, { bins }: CalibrationError) =>
  bins.filter(({ count }) => count >= FEWEST).map((bin) => ({ ...bin, when }));
