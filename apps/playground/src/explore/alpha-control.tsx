import type { JSX } from 'preact';
import { change } from './state.ts';

const NAMED: readonly { readonly name: string; readonly alpha: number }[] = [
  { name: 'softmax', alpha: 1 },
  { name: 'entmax 1.5', alpha: 1.5 },
  { name: 'sparsemax', alpha: 2 },
  { name: 'hardmax', alpha: Number.POSITIVE_INFINITY },
];
const LARGEST = 4;

/** α from dense to sparse: the members of the family, and all between them. */
export function AlphaControl({ alpha }: { readonly alpha: number }) {
  const slide = (event: JSX.TargetedEvent<HTMLInputElement>) =>
    change({ alpha: event.currentTarget.valueAsNumber });
  return (
    <fieldset>
      <legend>Sparsity α = {alpha === Number.POSITIVE_INFINITY ? '∞' : alpha}</legend>
      <div class="row members">
        {NAMED.map((member) => (
          <button
            key={member.name}
            type="button"
            aria-pressed={member.alpha === alpha}
            onClick={() => change({ alpha: member.alpha })}
          >
            {member.name}
          </button>
        ))}
      </div>
      <input
        type="range"
        min="1"
        max={LARGEST}
        step="0.05"
        value={Math.min(alpha, LARGEST)}
        onInput={slide}
        aria-label="Alpha, from softmax to sparser than sparsemax"
        aria-valuetext={String(alpha)}
      />
      <p class="hint">Above 1, small probabilities become exactly zero.</p>
    </fieldset>
  );
}
