import type { JSX } from 'preact';
import { change } from './state.ts';

/** A logit that takes its share and is dropped: attention to nothing. */
export function SinkControl({ sink, off }: { readonly sink: number | undefined; readonly off: boolean }) {
  const set = (event: JSX.TargetedEvent<HTMLInputElement>) => {
    const { valueAsNumber } = event.currentTarget;
    if (Number.isFinite(valueAsNumber)) change({ sink: valueAsNumber });
  };
  return (
    <fieldset disabled={off}>
      <legend>Sink</legend>
      <div class="row">
        <label>
          <input
            type="checkbox"
            checked={sink !== undefined}
            onChange={(event) => change({ sink: event.currentTarget.checked ? 0 : undefined })}
          />{' '}
          an extra logit
        </label>
        <input
          type="number"
          step="any"
          value={sink ?? 0}
          disabled={sink === undefined}
          onInput={set}
          aria-label="Logit of the sink"
        />
      </div>
      <p class="hint">
        {off ? 'Only softmax has one: set α to 1.' : 'It takes its share of the sum and is dropped.'}
      </p>
    </fieldset>
  );
}
