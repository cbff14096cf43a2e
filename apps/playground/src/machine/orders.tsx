import { CHOICES } from './backends.ts';
import { asked, laps, raced, reports, running, standings, start, stop } from './bench.ts';
import { raceOf } from './race-file.ts';
import { reportOf } from './report-file.ts';
import { save } from './save.ts';
import { change, OPS, type State } from './state.ts';

/** What can be asked of the backends. */
export function Orders({ state }: { readonly state: State }) {
  const { on, whole, op } = state;
  const here = CHOICES.filter(({ name, missing }) => on.includes(name) && missing?.() === undefined);
  const names = here.map(({ name }) => name);
  const ops = OPS.filter((each) => each === op);
  const options = { quick: !whole, ...(ops.length > 0 && { ops }) };
  const none = names.length === 0 || running.value;
  return (
    <div class="orders">
      <div class="row">
        <button
          type="button"
          class="main"
          disabled={none}
          onClick={() => void start('check', names, options)}
        >
          Check
        </button>
        <button type="button" class="main" disabled={none} onClick={() => void start('race', names, {})}>
          Race
        </button>
        <button type="button" disabled={!running.value} onClick={stop}>
          Stop
        </button>
        <button
          type="button"
          disabled={reports.value.length === 0 || running.value}
          onClick={() => save('softmax-report.json', reportOf(asked.value, reports.value))}
        >
          Save the report
        </button>
        <button
          type="button"
          disabled={laps.value.length === 0 || running.value}
          onClick={() => save('softmax-bench.json', raceOf(raced.value, laps.value))}
        >
          Save the race
        </button>
      </div>
      <div class="row">
        <label>
          operation{' '}
          <select value={op} onChange={(event) => change({ op: event.currentTarget.value })}>
            <option value="">all</option>
            {OPS.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={whole}
            onChange={(event) => change({ whole: event.currentTarget.checked })}
          />{' '}
          the whole plan <span class="hint">(more checks, more examples in each)</span>
        </label>
      </div>
      <p class="unseen" role="status">
        {running.value ? 'Running' : said()}
      </p>
    </div>
  );
}

/** How it ended, in one sentence. */
const said = (): string =>
  Object.entries(standings.value)
    .map(([name, { text }]) => `${name}: ${text}`)
    .join('; ');
