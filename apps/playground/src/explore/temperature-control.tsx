import type { JSX } from 'preact';
import { COLDEST, change, HOTTEST } from './state.ts';

/** T from cold and sure to hot and even, on a logarithmic slider. */
export function TemperatureControl({ temperature }: { readonly temperature: number }) {
  const slide = (event: JSX.TargetedEvent<HTMLInputElement>) =>
    change({ temperature: Number((10 ** event.currentTarget.valueAsNumber).toPrecision(3)) });
  const type = (event: JSX.TargetedEvent<HTMLInputElement>) => {
    const { valueAsNumber: value } = event.currentTarget;
    if (value >= COLDEST && value <= HOTTEST) change({ temperature: value });
  };
  return (
    <fieldset>
      <legend>Temperature T</legend>
      <div class="row">
        <input
          type="range"
          min={Math.log10(COLDEST)}
          max={Math.log10(HOTTEST)}
          step="0.01"
          value={Math.log10(temperature)}
          onInput={slide}
          aria-label="Temperature, from cold to hot"
          aria-valuetext={String(temperature)}
        />
        <input
          type="number"
          min={COLDEST}
          max={HOTTEST}
          step="any"
          value={temperature}
          onInput={type}
          aria-label="Temperature, as a number"
        />
      </div>
      <p class="hint">Cold: the largest takes all. Hot: everything is as likely.</p>
    </fieldset>
  );
}
