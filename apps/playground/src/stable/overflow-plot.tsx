import { Figure } from '../plot/figure.tsx';
import { carefulSoftmax } from './careful.ts';
import { naiveSoftmax } from './naive.ts';
import { BASE, FAR, type State } from './state.ts';

const STEP = 5;
const SHIFTS = Array.from({ length: (2 * FAR) / STEP + 1 }, (_, k) => k * STEP - FAR);

/** The probability of the largest logit against what is added to all of them. */
export function OverflowPlot({ state: { shift, precision } }: { readonly state: State }) {
  const at = (solve: typeof naiveSoftmax | typeof carefulSoftmax, by: number) =>
    solve(
      BASE.map((each) => each + by),
      precision,
    ).p.at(-1);
  return (
    <Figure
      caption="Probability of the largest of the three"
      label={`Ours stays at 0.665 for every shift from −${FAR} to ${FAR}; the naive formula in ${precision} has no value outside a band around 0.`}
      of={[shift, precision]}
      draw={(plot) => ({
        x: { label: 'added to every logit', domain: [-FAR, FAR] },
        y: { label: 'p', domain: [0, 1], grid: true },
        marks: [
          plot.line(SHIFTS, {
            x: (by: number) => by,
            y: (by: number) => at(carefulSoftmax, by),
            stroke: 'var(--good)',
            strokeWidth: 2,
          }),
          plot.line(SHIFTS, {
            x: (by: number) => by,
            y: (by: number) => at(naiveSoftmax, by),
            stroke: 'var(--bad)',
            strokeWidth: 7,
            strokeOpacity: 0.55,
          }),
          plot.text([{ x: -FAR, y: 0.73, text: 'ours' }], {
            x: 'x',
            y: 'y',
            text: 'text',
            fill: 'var(--good)',
            textAnchor: 'start',
          }),
          plot.text([{ x: 0, y: 0.75, text: 'naive' }], { x: 'x', y: 'y', text: 'text', fill: 'var(--bad)' }),
          plot.ruleX([shift], { stroke: 'currentColor', strokeDasharray: '3,3' }),
        ],
      })}
    />
  );
}
