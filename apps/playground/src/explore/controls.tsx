import { AlphaControl } from './alpha-control.tsx';
import { NoiseControl } from './noise-control.tsx';
import { SinkControl } from './sink-control.tsx';
import type { State } from './state.ts';
import { TemperatureControl } from './temperature-control.tsx';

/** What can be turned besides the logits. */
export function Controls({ state }: { readonly state: State }) {
  return (
    <form class="card controls" aria-label="Controls" onSubmit={(event) => event.preventDefault()}>
      <TemperatureControl temperature={state.temperature} />
      <AlphaControl alpha={state.alpha} />
      <SinkControl sink={state.sink} off={state.alpha !== 1} />
      <NoiseControl seed={state.seed} />
    </form>
  );
}
