import { AddressButton } from '../state/address-button.tsx';
import { Online } from './online.tsx';
import { Overflow } from './overflow.tsx';
import { PrecisionChoice } from './precision-choice.tsx';
import { SmallLoss } from './small-loss.tsx';
import { state } from './state.ts';
import './stable.css';

/** Where the formula of the textbook breaks, and what does not. */
export function Stable() {
  return (
    <div class="stable">
      <div class="lead">
        <h1>Why the formula needs care</h1>
        <p>
          e<sup>x</sup> over the sum of e<sup>x</sup> is right on paper. In a computer it overflows,
          underflows and forgets small losses. Each experiment runs the naive formula beside the careful one.
        </p>
      </div>
      <PrecisionChoice precision={state.value.precision} />
      <Overflow state={state.value} />
      <SmallLoss state={state.value} />
      <Online />
      <div class="actions">
        <AddressButton />
      </div>
    </div>
  );
}
