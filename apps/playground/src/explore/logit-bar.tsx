import type { JSX } from 'preact';
import { change, nameOf, state, withAt } from './state.ts';

/** What the bars can show; numbers beyond can be typed. */
const REACH = 6;

interface Logit {
  readonly at: number;
  readonly x: number;
  readonly p: number;
  readonly noise: number;
}

/** One logit: a vertical slider from its zero line, and the number to type. */
export function LogitBar({ at, x, p, noise }: Logit) {
  const name = nameOf(at);
  const set = (event: JSX.TargetedEvent<HTMLInputElement>) => {
    const { valueAsNumber } = event.currentTarget;
    if (Number.isFinite(valueAsNumber)) change({ logits: withAt(state.value.logits, at, valueAsNumber) });
  };
  const [from, to] = [percent(Math.min(x, 0)), percent(Math.max(x, 0))];
  return (
    <div class={state.value.allowed[at] ? 'logit' : 'logit hidden-class'}>
      <div class="track">
        <span
          class="fill"
          style={{ bottom: `${from}%`, height: `${to - from}%`, background: `var(--class-${at})` }}
        />
        <span class="handle" style={{ bottom: `${percent(x)}%` }} />
        {noise !== 0 && <span class="noise" style={{ bottom: `${percent(x + noise)}%` }} />}
        <input
          type="range"
          min={-REACH}
          max={REACH}
          step="0.1"
          value={x}
          onInput={set}
          aria-label={`Logit of ${name}`}
          aria-orientation="vertical"
          aria-valuetext={`${x}; probability ${p.toFixed(3)}`}
        />
      </div>
      <input type="number" step="any" value={x} onInput={set} aria-label={`Logit of ${name}, as a number`} />
      <span class="name" aria-hidden="true">
        {name}
      </span>
    </div>
  );
}

const percent = (x: number): number => (Math.min(Math.max(x, -REACH), REACH) / REACH + 1) * 50;
