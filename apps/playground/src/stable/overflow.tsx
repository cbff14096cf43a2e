import type { JSX } from 'preact';
import { numberText } from '../state/number-text.ts';
import { Scrolled } from '../style/scrolled.tsx';
import { carefulSoftmax } from './careful.ts';
import { naiveSoftmax } from './naive.ts';
import { OverflowPlot } from './overflow-plot.tsx';
import { BASE, change, FAR, type State } from './state.ts';

/** The naive formula and ours as the logits move away from 0. */
export function Overflow({ state }: { readonly state: State }) {
  const { shift, precision } = state;
  const x = BASE.map((each) => each + shift);
  const naive = naiveSoftmax(x, precision);
  const ours = carefulSoftmax(x, precision);
  const slide = (event: JSX.TargetedEvent<HTMLInputElement>) =>
    change({ shift: event.currentTarget.valueAsNumber });
  return (
    <section class="card experiment" aria-labelledby="overflow-title">
      <h2 id="overflow-title">Logits far from zero</h2>
      <div>
        <p>
          Adding the same number to all logits changes no probability. Slide it, and see what e<sup>x</sup>{' '}
          does.
        </p>
        <label class="slider">
          <span>
            x = [0, 1, 2] {shift < 0 ? '−' : '+'} <b>{Math.abs(shift)}</b>
          </span>
          <input
            type="range"
            min={-FAR}
            max={FAR}
            step="1"
            value={shift}
            onInput={slide}
            aria-label="Added to every logit"
          />
        </label>
        <Scrolled label="Both formulas, by logit">
          <table>
            <thead>
              <tr>
                <th scope="col">x</th>
                <th scope="col">eˣ</th>
                <th scope="col">naive p</th>
                <th scope="col">our p</th>
                <th scope="col">naive log p</th>
                <th scope="col">our log p</th>
              </tr>
            </thead>
            <tbody>
              {x.map((each, k) => (
                <tr key={k}>
                  <th scope="row">{numberText(each, 4)}</th>
                  <Value of={naive.exponentials[k]} bad={isBroken(naive.exponentials[k])} />
                  <Value of={naive.p[k]} bad={isBroken(naive.p[k])} />
                  <Value of={ours.p[k]} />
                  <Value of={naive.logP[k]} bad={isBroken(naive.logP[k])} />
                  <Value of={ours.logP[k]} />
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
        <p class="verdict" role="status">
          {verdict(naive.sum)}
        </p>
      </div>
      <OverflowPlot state={state} />
    </section>
  );
}

const isBroken = (value = Number.NaN): boolean => !Number.isFinite(value) || value === 0;

function verdict(sum: number): string {
  if (sum === Number.POSITIVE_INFINITY)
    return 'The sum overflowed: ∞/∞ is NaN. Ours subtracts the largest logit first.';
  if (sum === 0) return 'Every exponential underflowed: 0/0 is NaN. Ours subtracts the largest logit first.';
  return 'Here the naive formula still holds.';
}

function Value({
  of = Number.NaN,
  bad = false,
}: {
  readonly of?: number | undefined;
  readonly bad?: boolean;
}) {
  return (
    <td class={bad ? 'number bad' : 'number'}>
      <data value={String(of)}>{numberText(of, 4)}</data>
    </td>
  );
}
