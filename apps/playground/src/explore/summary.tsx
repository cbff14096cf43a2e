import { useEffect, useState } from 'preact/hooks';
import { numberText } from '../state/number-text.ts';
import type { Family } from './family.ts';
import { nameOf, type State } from './state.ts';

/** A screen reader hears the result of a change once, not at every step of a drag. */
const PAUSE = 600;

/** What a row comes to: entropy, log-sum-exp, loss; and one sentence for who listens. */
export function Summary({ state, family }: { readonly state: State; readonly family: Family }) {
  const best = family.p.indexOf(Math.max(...family.p));
  const sentence = `Most likely is ${nameOf(best)} with probability ${(family.p[best] ?? 0).toFixed(3)}; the entropy is ${numberText(family.entropy, 3)} nats.`;
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(sentence), PAUSE);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <>
      <dl class="figures">
        <Figure name="entropy" value={family.entropy} note="nats" />
        <Figure name="perplexity" value={Math.exp(family.entropy)} note="classes" />
        <Figure name="log Σ exp" value={family.logSum} note="of x/T" />
        <Figure name={`loss of ${nameOf(state.target)}`} value={family.loss} note="nats" />
      </dl>
      <p class="unseen" role="status">
        {said}
      </p>
    </>
  );
}

interface Content {
  readonly name: string;
  readonly value: number | undefined;
  readonly note: string;
}

function Figure({ name, value, note }: Content) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value === undefined ? '–' : <data value={String(value)}>{numberText(value, 4)}</data>}{' '}
        <small>{note}</small>
      </dd>
    </div>
  );
}
