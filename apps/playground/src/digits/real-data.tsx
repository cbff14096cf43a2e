import { useComputed } from '@preact/signals';
import { AddressButton } from '../state/address-button.tsx';
import { calibrationOf } from './calibration.ts';
import { Gallery } from './gallery.tsx';
import { learnt } from './lesson.ts';
import { LossPlot } from './loss-plot.tsx';
import { ReliabilityPlot } from './reliability-plot.tsx';
import { School } from './school.tsx';
import { state } from './state.ts';
import { WordTree } from './word-tree.tsx';
import './real-data.css';

/** Softmax at work: digits that it learns to read, and a vocabulary as a tree. */
export function RealData() {
  const calibration = useComputed(() => learnt.value && calibrationOf(learnt.value));
  return (
    <div class="real-data">
      <div class="lead">
        <h1>Learn, then doubt</h1>
        <p>
          Softmax regression learns to read handwritten digits here in the page. Then one number, the
          temperature, makes its probabilities mean what they say.
        </p>
      </div>
      <section class="card" aria-labelledby="school-title">
        <h2 id="school-title">Handwritten digits</h2>
        <School course={state.value.course} calibration={calibration.value} />
        <div class="plots">
          <LossPlot />
          <ReliabilityPlot calibration={calibration.value} />
        </div>
        {calibration.value && <Gallery calibration={calibration.value} />}
      </section>
      <WordTree chosen={state.value.word} />
      <div class="actions">
        <AddressButton />
      </div>
    </div>
  );
}
