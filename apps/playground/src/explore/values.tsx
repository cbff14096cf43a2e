import { numberText } from '../state/number-text.ts';
import { Scrolled } from '../style/scrolled.tsx';
import type { Family } from './family.ts';
import { change, FEWEST, state as live, MOST, nameOf, type State, withAt } from './state.ts';

/** Every number of the moment, with the mask and the target. */
export function Values({ state, family }: { readonly state: State; readonly family: Family }) {
  const { logits, allowed, target, seed } = state;
  return (
    <section class="card values" aria-labelledby="values-title">
      <div class="row spread">
        <h2 id="values-title">In numbers</h2>
        <span class="row">
          <button type="button" disabled={logits.length <= FEWEST} onClick={() => resize(logits.length - 1)}>
            Fewer classes
          </button>
          <button type="button" disabled={logits.length >= MOST} onClick={() => resize(logits.length + 1)}>
            More classes
          </button>
        </span>
      </div>
      <Scrolled label="All numbers">
        <table>
          <thead>
            <tr>
              <th scope="col">class</th>
              <th scope="col">takes part</th>
              <th scope="col">target</th>
              <th scope="col">logit x</th>
              {seed !== undefined && <th scope="col">noise g</th>}
              <th scope="col">p</th>
              <th scope="col">log p</th>
              <th scope="col">∂loss/∂x</th>
            </tr>
          </thead>
          <tbody>
            {logits.map((x, k) => (
              <tr key={nameOf(k)} class={allowed[k] ? undefined : 'hidden-class'}>
                <th scope="row">
                  <span class="dot" style={{ background: `var(--class-${k})` }} /> {nameOf(k)}
                </th>
                <td>
                  <input
                    type="checkbox"
                    checked={allowed[k] ?? false}
                    aria-label={`${nameOf(k)} takes part`}
                    onChange={(event) => change({ allowed: withAt(allowed, k, event.currentTarget.checked) })}
                  />
                </td>
                <td>
                  <input
                    type="radio"
                    name="target"
                    checked={k === target}
                    aria-label={`${nameOf(k)} is the target`}
                    onChange={() => change({ target: k })}
                  />
                </td>
                <Cell value={x} digits={4} />
                {seed !== undefined && <Cell value={family.noise[k]} />}
                <Cell value={family.p[k]} column="p" />
                <Cell value={family.logP[k]} column="log-p" />
                <Cell value={family.gradient?.[k]} column="gradient" />
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}

interface Content {
  readonly value: number | undefined;
  readonly digits?: number;
  readonly column?: string;
}

/** A number to read, with all its digits in `value` for whoever wants them. */
function Cell({ value, digits = 4, column }: Content) {
  return (
    <td class="number">
      {value === undefined ? (
        '–'
      ) : (
        <data value={String(value)} title={String(value)} data-column={column}>
          {numberText(value, digits)}
        </data>
      )}
    </td>
  );
}

function resize(size: number): void {
  const { logits, allowed, target } = live.value;
  change({
    logits: Array.from({ length: size }, (_, k) => logits[k] ?? 0),
    allowed: Array.from({ length: size }, (_, k) => allowed[k] ?? true),
    target: Math.min(target, size - 1),
  });
}
