import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import { numberText } from '../state/number-text.ts';
import { LOGITS, stepsOf } from './online-steps.ts';

/** Milliseconds for a step that plays by itself. */
const PACE = 900;

/** The single-pass normaliser, one logit at a time. */
export function Online() {
  const at = useSignal(0);
  const playing = useSignal(false);
  const steps = useComputed(() => stepsOf(LOGITS));
  useSignalEffect(() => {
    if (!playing.value) return;
    if (at.value >= LOGITS.length) {
      playing.value = false;
      return;
    }
    const timer = setTimeout(() => {
      at.value++;
    }, PACE);
    return () => clearTimeout(timer);
  });
  const play = () => {
    if (at.value >= LOGITS.length) at.value = 0;
    playing.value = !playing.value;
  };
  const now = steps.value[at.value];
  return (
    <section class="card online" aria-labelledby="online-title">
      <h2 id="online-title">One pass, step by step</h2>
      <p>
        The largest logit m need not be known beforehand. Keep m and s = Σ e<sup>x−m</sup> of what was seen;
        when a larger logit comes, multiply s by e<sup>m−m′</sup>. In the end log Σ eˣ = m + log s.
      </p>
      <ol class="stream" aria-label="Logits, in the order of their coming">
        {LOGITS.map((x, k) => (
          <li key={k} class={k < at.value ? 'seen' : k === at.value ? 'next' : undefined}>
            {x}
            {k < at.value && <span class="unseen"> seen</span>}
          </li>
        ))}
      </ol>
      <div class="row">
        <button type="button" class="main" onClick={play}>
          {playing.value ? 'Pause' : 'Play'}
        </button>
        <button type="button" disabled={at.value >= LOGITS.length} onClick={() => at.value++}>
          Step
        </button>
        <button type="button" disabled={at.value === 0} onClick={() => at.value--}>
          Back
        </button>
      </div>
      <dl class="figures" aria-live="polite">
        <div>
          <dt>largest so far, m</dt>
          <dd>{numberText(now?.max ?? Number.NaN)}</dd>
        </div>
        <div>
          <dt>s = Σ exp(x − m)</dt>
          <dd>
            <data value={String(now?.sum)}>{numberText(now?.sum ?? Number.NaN, 6)}</data>
          </dd>
        </div>
        <div>
          <dt>m + log s</dt>
          <dd>
            <data class="log-sum" value={String(now?.value)}>
              {numberText(now?.value ?? Number.NaN, 8)}
            </data>
          </dd>
        </div>
      </dl>
      <p class="verdict">{now?.said}</p>
    </section>
  );
}
