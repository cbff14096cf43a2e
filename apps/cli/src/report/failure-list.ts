import type { CheckReport, Report } from '@softmax/conformance';
import { repeatOf } from '../repeat.ts';
import { html, type Markup } from './markup.ts';

/** Everything that failed and deviates; the first failure of an operation is where its cell in the matrix leads. */
export function failureList({ backends, options }: Report): Markup {
  const all = backends.flatMap(({ backend, argument = backend, checks }) => {
    const led = new Set<string>();
    return checks
      .filter(({ status }) => status === 'failed')
      .map((each) => {
        const first = !led.has(each.op);
        led.add(each.op);
        return entry(backend, each, first, repeatOf(argument, each.id, options));
      });
  });
  const deviating = backends.flatMap(({ backend, checks }) =>
    checks
      .filter(({ status }) => status === 'deviating')
      .map(({ id, mistake }) => html`<li>${backend}, <code>${id}</code>: catches ${mistake}</li>`),
  );
  const declared =
    deviating.length === 0 ? html`` : html`<h2>Deviating, as declared</h2><ul>${deviating}</ul>`;
  return html`${all.length === 0 ? html`<p>None.</p>` : html`${all}`}${declared}`;
}

function entry(backend: string, each: CheckReport, first: boolean, command: string): Markup {
  const { id, op, mistake, message = '' } = each;
  const anchor = first ? `failed-${backend}-${op}` : `failed-${backend}-${id}`;
  return html`<article id="${anchor}">
<h3>${backend} · <code>${id}</code></h3>
<p>Catches: ${mistake}</p>
<pre>${message}</pre>
<pre>${command}</pre>
</article>
`;
}
