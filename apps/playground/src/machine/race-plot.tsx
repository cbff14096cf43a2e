import { Figure } from '../plot/figure.tsx';
import { colourOf, Key } from '../plot/key.tsx';
import { CHOICES } from './backends.ts';
import { laps } from './bench.ts';
import { speedOf } from './lap.ts';

const NAMES: readonly string[] = CHOICES.map(({ name }) => name);

/** The speed of softmax against the length of its rows. */
export function RacePlot() {
  const shown = laps.value.map((lap) => ({ backend: lap.backend, n: lap.n, speed: speedOf(lap) }));
  const fastest = shown.reduce<(typeof shown)[number] | undefined>(
    (best, lap) => (best && best.speed >= lap.speed ? best : lap),
    undefined,
  );
  const label = fastest
    ? `The fastest is ${fastest.backend} with ${fastest.speed.toFixed(1)} million logits a second on rows of ${fastest.n}.`
    : 'No race yet.';
  return (
    <section class="card" aria-label="Speed">
      {shown.length === 0 ? (
        <Empty title="Speed" text="Press Race: softmax of 65 536 float32 numbers, in rows short and long." />
      ) : (
        <Figure
          caption="Softmax, million float32 logits a second"
          label={label}
          of={[laps.value]}
          draw={(marks) => ({
            x: {
              type: 'log',
              base: 2,
              label: 'row length',
              domain: [16, 65536],
              ticks: 5,
              tickFormat: String,
            },
            y: { type: 'log', label: 'million/s', grid: true, ticks: 4, tickFormat: '~g' },
            marks: [
              marks.line(shown, {
                x: 'n',
                y: 'speed',
                z: 'backend',
                stroke: (lap: { backend: string }) => colourOf(lap.backend, NAMES),
                strokeWidth: 2,
              }),
              marks.dot(shown, {
                x: 'n',
                y: 'speed',
                fill: (lap: { backend: string }) => colourOf(lap.backend, NAMES),
                r: 3.5,
              }),
            ],
          })}
        />
      )}
      <Key names={NAMES} shown={shown.map(({ backend }) => backend)} />
    </section>
  );
}

export function Empty({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      <p>{text}</p>
    </div>
  );
}
