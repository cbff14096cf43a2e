import { AddressButton } from '../state/address-button.tsx';
import { BackendTable } from './backend-table.tsx';
import { reports } from './bench.ts';
import { ErrorPlot } from './error-plot.tsx';
import { Orders } from './orders.tsx';
import { RacePlot } from './race-plot.tsx';
import { state } from './state.ts';
import './machine.css';

/** Every backend of this browser: proven, and raced. */
export function Machine() {
  return (
    <div class="machine">
      <div class="lead">
        <h1>What this machine can do</h1>
        <p>
          The conformance plan that every backend must pass, and a race, run here in your browser. A backend
          loads when you start it, in a worker of its own; nothing is sent anywhere.
        </p>
      </div>
      <section class="card" aria-labelledby="backends-title">
        <h2 id="backends-title">Backends</h2>
        <BackendTable on={state.value.on} />
        <Orders state={state.value} />
      </section>
      <div class="pair">
        <RacePlot />
        <ErrorPlot reports={reports.value} op={state.value.op || 'softmax'} />
      </div>
      <div class="actions">
        <AddressButton />
      </div>
    </div>
  );
}
