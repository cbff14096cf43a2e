import { change, START, type State } from './state.ts';

const PRESETS: readonly { readonly name: string; readonly state: Partial<State> }[] = [
  { name: 'Start again', state: {} },
  { name: 'A tie', state: { logits: [2, 2, 0, 0, -2] } },
  { name: 'Beyond exp', state: { logits: [1000, 1001, 1002] } },
  { name: 'Sure and wrong', state: { logits: [0, 9, -3] } },
  { name: 'Attention with a sink', state: { logits: [0.4, -0.2, 0.1, 0.3, 0], sink: 2 } },
  { name: 'Sparse', state: { logits: [1.2, 0.8, 0.1, -0.4, -1, -2], alpha: 2 } },
];

/** States worth a look. */
export function Presets() {
  return (
    <fieldset class="presets">
      <legend>Try</legend>
      {PRESETS.map(({ name, state }) => (
        <button key={name} type="button" onClick={() => change(whole(state))}>
          {name}
        </button>
      ))}
    </fieldset>
  );
}

function whole(part: Partial<State>): State {
  const logits = part.logits ?? START.logits;
  return { ...START, ...part, logits, allowed: logits.map(() => true) };
}
