import type { JSX } from 'preact';
import { numberText, shortText } from '../state/number-text.ts';
import { Scrolled } from '../style/scrolled.tsx';
import { carefulLoss } from './careful.ts';
import { naiveLoss } from './naive.ts';
import { SmallLossPlot } from './small-loss-plot.tsx';
import { change, type State, WIDEST } from './state.ts';

/** Two classes, one ahead by a gap: the loss of each, naive and ours. */
export function SmallLoss({ state }: { readonly state: State }) {
  const { gap, precision } = state;
  const x = [gap, 0];
  const rows = [
    { name: 'leader', target: 0 },
    { name: 'other', target: 1 },
  ].map(({ name, target }) => ({
    name,
    naive: naiveLoss(x, target, precision),
    ours: carefulLoss(x, target, precision),
  }));
  const slide = (event: JSX.TargetedEvent<HTMLInputElement>) =>
    change({ gap: gapAt(event.currentTarget.valueAsNumber) });
  return (
    <section class="card experiment" aria-labelledby="loss-title">
      <h2 id="loss-title">Losses very small and very large</h2>
      <div>
        <p>
          Two logits, [{shortText(gap)}, 0]. Sure and right, the loss is tiny but not 0; sure and wrong, it is
          large but not ∞. The logarithm of a rounded probability knows neither.
        </p>
        <label class="slider">
          <span>
            gap <b>{shortText(gap)}</b>
          </span>
          <input
            type="range"
            min="0"
            max="1"
            step="0.005"
            value={sliderAt(gap)}
            onInput={slide}
            aria-label="Gap between the two logits"
            aria-valuetext={String(gap)}
          />
        </label>
        <Scrolled label="Both losses">
          <table>
            <thead>
              <tr>
                <th scope="col">−log p of the</th>
                <th scope="col">naive</th>
                <th scope="col">ours</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ name, naive, ours }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td class={isFar(naive, ours) ? 'number bad' : 'number'}>
                    <data value={String(naive)}>{numberText(naive, 6)}</data>
                  </td>
                  <td class="number">
                    <data value={String(ours)}>{numberText(ours, 6)}</data>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      </div>
      <SmallLossPlot state={state} />
    </section>
  );
}

/** Not a digit in a hundred right. */
const isFar = (naive: number, ours: number): boolean => !(Math.abs(naive - ours) <= 0.01 * ours);

/** A slider that is fine near 0 and reaches far. */
const sliderAt = (gap: number): number => Math.log1p(gap) / Math.log1p(WIDEST);
const gapAt = (slider: number): number =>
  Math.min(WIDEST, Number(Math.expm1(slider * Math.log1p(WIDEST)).toPrecision(3)));
