import { useComputed } from '@preact/signals';
import { AddressButton } from '../state/address-button.tsx';
import { Bars } from './bars.tsx';
import { Controls } from './controls.tsx';
import { familyOf } from './family.ts';
import { Formula } from './formula.tsx';
import { Presets } from './presets.tsx';
import { state } from './state.ts';
import { Summary } from './summary.tsx';
import { Values } from './values.tsx';
import './explore.css';

/** Logits by the hand, and all that follows from them. */
export function Explore() {
  const family = useComputed(() => familyOf(state.value));
  return (
    <div class="explore">
      <div class="lead">
        <h1>From scores to probabilities</h1>
        <p>
          Drag the logits on the left, and watch what softmax and its relatives make of them on the right.
          Cool it, make it sparse, hide a class, add noise: the formula follows.
        </p>
      </div>
      <Bars state={state.value} family={family.value} />
      <section class="card formula" aria-label="The formula of the moment">
        <Formula state={state.value} />
        <Summary state={state.value} family={family.value} />
      </section>
      <Controls state={state.value} />
      <Values state={state.value} family={family.value} />
      <div class="actions">
        <Presets />
        <AddressButton />
      </div>
    </div>
  );
}
