import type { Precision } from './naive.ts';
import { change } from './state.ts';

const CHOICES: readonly { readonly precision: Precision; readonly limit: string }[] = [
  { precision: 'float32', limit: 'exp overflows above 88.7' },
  { precision: 'float64', limit: 'exp overflows above 709.7' },
];

/** In what numbers both formulas are computed. */
export function PrecisionChoice({ precision }: { readonly precision: Precision }) {
  return (
    <fieldset class="row precision">
      <legend class="unseen">Numbers</legend>
      {CHOICES.map((choice) => (
        <label key={choice.precision}>
          <input
            type="radio"
            name="precision"
            checked={choice.precision === precision}
            onChange={() => change({ precision: choice.precision })}
          />{' '}
          <b>{choice.precision}</b> <span class="hint">{choice.limit}</span>
        </label>
      ))}
    </fieldset>
  );
}
