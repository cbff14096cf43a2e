import type { JSX } from 'preact';
import { change } from './state.ts';

/** Gumbel noise on the logits, the same for the same seed. */
export function NoiseControl({ seed }: { readonly seed: number | undefined }) {
  const set = (event: JSX.TargetedEvent<HTMLInputElement>) => {
    const { valueAsNumber } = event.currentTarget;
    if (Number.isSafeInteger(valueAsNumber) && valueAsNumber >= 0) change({ seed: valueAsNumber });
  };
  return (
    <fieldset>
      <legend>Gumbel noise</legend>
      <div class="row">
        <label>
          <input
            type="checkbox"
            checked={seed !== undefined}
            onChange={(event) => change({ seed: event.currentTarget.checked ? 0 : undefined })}
          />{' '}
          add it, seed
        </label>
        <input
          type="number"
          min="0"
          step="1"
          value={seed ?? 0}
          disabled={seed === undefined}
          onInput={set}
          aria-label="Seed of the noise"
        />
        <button type="button" disabled={seed === undefined} onClick={() => change({ seed: (seed ?? 0) + 1 })}>
          next
        </button>
      </div>
      <p class="hint">The largest noisy logit is a sample of softmax.</p>
    </fieldset>
  );
}
