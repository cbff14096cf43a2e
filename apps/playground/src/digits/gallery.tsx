import { useSignal } from '@preact/signals';
import { CLASSES } from 'digits';
import type { Calibration } from './calibration.ts';
import { Picture } from './picture.tsx';

const RIGHT = 6;
const WRONG = 10;

/** Unseen digits with what they were read as; the probabilities of the one that is chosen. */
export function Gallery({ calibration }: { readonly calibration: Calibration }) {
  const { tried, read, p } = calibration;
  const rows = [...read.keys()];
  const isRight = (row: number) => read[row] === tried.labels[row];
  const shown = [
    ...rows.filter(isRight).slice(0, RIGHT),
    ...rows.filter((row) => !isRight(row)).slice(0, WRONG),
  ];
  const chosen = useSignal(shown.at(-1) ?? 0);
  const sure = (row: number) => Math.round(100 * (p[row * CLASSES + (read[row] ?? 0)] ?? 0));
  return (
    <div class="gallery">
      <ul>
        {shown.map((row) => (
          <li key={row}>
            <button
              type="button"
              class={isRight(row) ? undefined : 'wrong'}
              aria-pressed={row === chosen.value}
              onClick={() => {
                chosen.value = row;
              }}
            >
              <Picture digits={tried} row={row} />
              <span>
                {read[row]}, {sure(row)} %
              </span>
              {!isRight(row) && <span>is {tried.labels[row]}</span>}
            </button>
          </li>
        ))}
      </ul>
      <Chances calibration={calibration} row={chosen.value} />
    </div>
  );
}

/** All ten probabilities of a digit, before and after. */
function Chances({
  calibration: { p, cooled, tried },
  row,
}: {
  readonly calibration: Calibration;
  readonly row: number;
}) {
  const of = (values: readonly number[], digit: number) => values[row * CLASSES + digit] ?? 0;
  return (
    <table class="chances">
      <caption>The digit is {tried.labels[row]}</caption>
      <thead>
        <tr>
          <th scope="col">digit</th>
          <th scope="col">before</th>
          <th scope="col">after</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: CLASSES }, (_, digit) => (
          <tr key={digit}>
            <th scope="row">{digit}</th>
            <Chance p={of(p, digit)} colour="var(--class-0)" />
            <Chance p={of(cooled, digit)} colour="var(--class-1)" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Chance({ p, colour }: { readonly p: number; readonly colour: string }) {
  return (
    <td>
      <span class="chance" style={{ width: `${5 * p}rem`, background: colour }} /> {p.toFixed(3)}
    </td>
  );
}
