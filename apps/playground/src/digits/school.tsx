import { numberText } from '../state/number-text.ts';
import type { Calibration } from './calibration.ts';
import { learn, learning, said } from './lesson.ts';
import { COURSES, change, type State } from './state.ts';

interface Lesson {
  readonly course: State['course'];
  readonly calibration: Calibration | undefined;
}

/** How much is learnt from, and what came of it. */
export function School({ course, calibration }: Lesson) {
  const chosen = COURSES.find(({ name }) => name === course) ?? COURSES[0];
  return (
    <>
      <div class="row">
        <fieldset class="row">
          <legend class="unseen">Learn from</legend>
          {COURSES.map(({ name, size, epochs }) => (
            <label key={name}>
              <input
                type="radio"
                name="course"
                checked={name === course}
                disabled={learning.value}
                onChange={() => change({ course: name })}
              />{' '}
              {size} digits <span class="hint">{epochs} times over</span>
            </label>
          ))}
        </fieldset>
        <button type="button" class="main" disabled={learning.value} onClick={() => learn(chosen)}>
          {learning.value ? 'Learning…' : 'Learn'}
        </button>
      </div>
      <p class="hint" role="status">
        {said.value === 'Learnt' && calibration ? verdict(calibration) : said.value || HINT}
      </p>
      {calibration && (
        <dl class="figures">
          <Pair name="read right" values={[`${(100 * calibration.accuracy).toFixed(1)} %`]} />
          <Pair name="fitted temperature" values={[numberText(calibration.temperature, 4)]} />
          <Pair
            name="calibration error, before → after"
            values={[calibration.before.ece, calibration.after.ece].map(
              (ece) => `${(100 * ece).toFixed(1)} %`,
            )}
          />
          <Pair
            name="loss, before → after"
            values={[calibration.lossBefore, calibration.lossAfter].map((loss) => loss.toFixed(3))}
          />
        </dl>
      )}
    </>
  );
}

const HINT =
  'The digits load (1.6 MB) when you press Learn. The fewer it learns from, the surer it is without reason.';

const verdict = ({ accuracy, temperature }: Calibration): string =>
  `Read ${(100 * accuracy).toFixed(1)} % of 1000 unseen digits right; the best temperature is ${temperature.toFixed(2)}: ${temperature > 1 ? 'it was too sure' : 'it was too modest'}.`;

function Pair({ name, values }: { readonly name: string; readonly values: readonly string[] }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{values.join(' → ')}</dd>
    </div>
  );
}
