import { Figure } from '../plot/figure.tsx';
import { carefulLoss } from './careful.ts';
import { naiveLoss } from './naive.ts';
import type { State } from './state.ts';

const GAPS = Array.from({ length: 201 }, (_, k) => k / 4);
/** What a logarithmic axis can show. */
const shown = (loss: number): number => (loss > 0 && Number.isFinite(loss) ? loss : Number.NaN);

/** The loss of the class that is ahead, against how far it is. */
export function SmallLossPlot({ state: { gap, precision } }: { readonly state: State }) {
  return (
    <Figure
      caption="Loss of the leader"
      label={`Ours falls as e to the −gap all the way; the naive loss in ${precision} steps and then is 0 from a gap of ${precision === 'float32' ? 17 : 37} on.`}
      of={[gap, precision]}
      draw={(plot) => ({
        x: { label: 'gap', domain: [0, 50] },
        y: { type: 'log', label: '−log p', domain: [1e-22, 1], grid: true, ticks: 6, tickFormat: '.0e' },
        marks: [
          plot.line(GAPS, {
            x: (d: number) => d,
            y: (d: number) => shown(carefulLoss([d, 0], 0, precision)),
            stroke: 'var(--good)',
            strokeWidth: 2,
          }),
          plot.line(GAPS, {
            x: (d: number) => d,
            y: (d: number) => shown(naiveLoss([d, 0], 0, precision)),
            stroke: 'var(--bad)',
            strokeWidth: 7,
            strokeOpacity: 0.55,
          }),
          plot.text([{ x: 44, y: 1e-16, text: 'ours' }], {
            x: 'x',
            y: 'y',
            text: 'text',
            fill: 'var(--good)',
          }),
          plot.text(
            [
              precision === 'float32'
                ? { x: 18, y: 1e-6, text: 'naive, then 0' }
                : { x: 38, y: 1e-13, text: 'naive, then 0' },
            ],
            { x: 'x', y: 'y', text: 'text', fill: 'var(--bad)', textAnchor: 'start' },
          ),
          ...(gap <= 50 ? [plot.ruleX([gap], { stroke: 'currentColor', strokeDasharray: '3,3' })] : []),
        ],
      })}
    />
  );
}
