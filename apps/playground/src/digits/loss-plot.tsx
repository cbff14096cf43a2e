import { Figure } from '../plot/figure.tsx';
import { losses } from './lesson.ts';

/** What a guess costs: log 10. */
const GUESS = Math.log(10);

/** The loss as it falls. */
export function LossPlot() {
  const shown = losses.value;
  const last = shown.at(-1);
  return (
    <Figure
      caption="Cross-entropy while it learns"
      label={
        last ? `After ${last.epoch.toFixed(1)} rounds the loss is ${last.loss.toFixed(3)}.` : 'No lesson yet.'
      }
      of={[shown]}
      draw={(marks) => ({
        x: { label: 'rounds', domain: [0, Math.max(1, last?.epoch ?? 1)] },
        y: { label: 'nats', domain: [0, 2.5], grid: true },
        marks: [
          marks.ruleY([GUESS], { stroke: 'currentColor', strokeDasharray: '3,3' }),
          marks.text([{ y: GUESS, text: 'a guess' }], {
            y: 'y',
            text: 'text',
            frameAnchor: 'right',
            dy: -7,
            fill: 'currentColor',
          }),
          marks.line(shown, { x: 'epoch', y: 'loss', stroke: 'var(--accent)', strokeWidth: 2 }),
        ],
      })}
    />
  );
}
