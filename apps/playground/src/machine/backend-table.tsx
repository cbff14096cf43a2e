import { Scrolled } from '../style/scrolled.tsx';
import { CHOICES } from './backends.ts';
import { running, standings } from './bench.ts';
import { change } from './state.ts';

/** What there is, what is wanted, and how far it is. */
export function BackendTable({ on }: { readonly on: readonly string[] }) {
  const toggle = (name: string, wanted: boolean) =>
    change({
      on: CHOICES.map((each) => each.name).filter((each) => (each === name ? wanted : on.includes(each))),
    });
  return (
    <Scrolled label="Backends and their results">
      <table>
        <thead>
          <tr>
            <th scope="col">run</th>
            <th scope="col">backend</th>
            <th scope="col">result</th>
          </tr>
        </thead>
        <tbody>
          {CHOICES.map(({ name, about, megabytes, missing }) => {
            const reason = missing?.();
            return (
              <tr key={name}>
                <td>
                  <input
                    type="checkbox"
                    checked={on.includes(name) && reason === undefined}
                    disabled={reason !== undefined || running.value}
                    aria-label={`Run ${name}`}
                    onChange={(event) => toggle(name, event.currentTarget.checked)}
                  />
                </td>
                <th scope="row">
                  {name}
                  <p class="hint">
                    {about}
                    {megabytes !== undefined && <> · loads {megabytes} MB</>}
                  </p>
                </th>
                <td>
                  {reason === undefined ? <Result of={name} /> : <span class="hint">not here: {reason}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrolled>
  );
}

function Result({ of }: { readonly of: string }) {
  const standing = standings.value[of];
  if (!standing) return <span class="hint">–</span>;
  const { share, text, bad } = standing;
  return (
    <span class={bad ? 'bad' : undefined}>
      {share !== undefined && <progress value={share} aria-label={`Progress of ${of}`} />} {text}
    </span>
  );
}
