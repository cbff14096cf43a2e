import type { CheckReport, Report } from '@softmax/conformance';
import { repeatOf } from '../repeat.ts';
import { html, Markup } from './markup.ts';

/** Failures of an operation that are shown at once; more are folded. */
const FEW = 8;

/** Everything that failed, operation by operation, and what deviates; a cell in the matrix leads to the first of its operation. */
export function failureList({ backends, options }: Report): Markup {
  const all = backends.flatMap(({ backend, argument = backend, checks }) => {
    const failed = checks.filter(({ status }) => status === 'failed');
    return [...new Set(failed.map(({ op }) => op))].map((op) => {
      const own = failed.filter((each) => each.op === op);
      const entries = own.map((each, k) =>
        entry(backend, each, k === 0, repeatOf(argument, each.id, options)),
      );
      const open = new Markup(own.length <= FEW ? ' open' : '');
      return html`<details${open}><summary>${backend}, ${op}: ${own.length} failed</summary>${entries}</details>\n`;
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
