import { numberText } from '../state/number-text.ts';
import type { Family } from './family.ts';
import { LogitBar } from './logit-bar.tsx';
import { nameOf, type State } from './state.ts';

/** The logits, each a bar to drag, beside their probabilities. */
export function Bars({ state, family }: { readonly state: State; readonly family: Family }) {
  const { logits, allowed, sink, alpha } = state;
  const sunk = sink !== undefined && alpha === 1;
  return (
    <div class="bars">
      <section class="card" aria-labelledby="logits-title">
        <h2 id="logits-title">
          Logits <span class="hint">drag me</span>
        </h2>
        <div class="columns logits">
          {logits.map((x, k) => (
            <LogitBar key={nameOf(k)} at={k} x={x} p={family.p[k] ?? 0} noise={family.noise[k] ?? 0} />
          ))}
        </div>
      </section>
      <section class="card" aria-labelledby="probabilities-title">
        <h2 id="probabilities-title">Probabilities</h2>
        <ul class="columns probabilities">
          {family.p.map((p, k) => (
            <li key={nameOf(k)} class={allowed[k] ? undefined : 'hidden-class'}>
              <Probability name={nameOf(k)} colour={`var(--class-${k})`} p={p} />
            </li>
          ))}
          {sunk && (
            <li>
              <Probability name="sink" colour="var(--faint)" p={family.lost} />
            </li>
          )}
        </ul>
      </section>
    </div>
  );
}

function Probability({
  name,
  colour,
  p,
}: {
  readonly name: string;
  readonly colour: string;
  readonly p: number;
}) {
  return (
    <>
      <span class="track" aria-hidden="true">
        <span class="fill" style={{ height: `${100 * (p || 0)}%`, background: colour }} />
      </span>
      <span class="value">{p === 0 ? '0' : p.toFixed(3)}</span>
      <span class="name">{name}</span>
      <span class="unseen">: probability {numberText(p, 3)}</span>
    </>
  );
}
