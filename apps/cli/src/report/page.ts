import type { BackendReport, Report, Summary } from '@softmax/conformance';
import { TYPES, ulpsByType } from '../check-table.ts';
import { seconds } from '../seconds.ts';
import { CONTENT_POLICY } from './content-policy.ts';
import { errorPlots } from './error-plots.ts';
import { failureList } from './failure-list.ts';
import { html, Markup } from './markup.ts';
import { matrixOf, standing } from './matrix.ts';
import { colourOf, STYLE } from './style.ts';

const STATES = ['passed', 'failed', 'refused', 'deviating'] as const;

/** A report as one page that needs nothing else: no script, no network. */
export function page(report: Report): string {
  const { suite, date, machine, backends } = report;
  const { runtime, platform, arch, cpus } = machine;
  const failed = backends.flatMap(({ checks }) => checks).filter(({ status }) => status === 'failed').length;
  const verdict = failed === 0 ? html`<span class="passed">no check failed</span>` : failures(failed);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Softmax conformance: ${failed === 0 ? 'no check failed' : `${failed} failed`}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>Softmax conformance: ${verdict}</h1>
<p class="quiet">Suite ${suite} · <time datetime="${date}">${date.slice(0, 16).replace('T', ' ')} UTC</time> ·
${runtime} on ${platform} ${arch}, ${cpus} threads</p>
<nav aria-label="Sections"><a href="#operations">Operations</a><a href="#lengths">Error by length</a><a href="#failures">Failures</a></nav>
</header>
<main>
<h2>Backends</h2>
<div class="cards">${backends.map(card)}</div>
<h2 id="operations">Operations</h2>
<p class="quiet">The level that an operation reaches (S1 standard, S2 strict, S3 exact), and its worst error in units in the
last place of ${TYPES.join(' / ')}. – is refused: the backend says by its code that it does not offer this.</p>
${matrixTable(report)}
<h2 id="lengths">Worst error against row length</h2>
<p class="quiet">Both axes are logarithmic; the dashed line is 1 ulp, and errors below 0.05 are drawn at 0.05.</p>
${errorPlots(report)}
<h2 id="failures">Failures</h2>
${failureList(report)}
</main>
</body>
</html>
`.text;
}

const failures = (count: number): Markup =>
  html`<a class="failed" href="#failures">${count} ${count === 1 ? 'check' : 'checks'} failed</a>`;

function card({ backend, claims, checks, milliseconds }: BackendReport, k: number): Markup {
  const counts = STATES.map(
    (status) => html`<dt>${status}</dt><dd>${checks.filter((each) => each.status === status).length}</dd>`,
  );
  return html`<section class="card">
<h3><span class="swatch" style="background: ${colourOf(k)}"></span>${backend}</h3>
<dl><dt>held to</dt><dd>${claims}</dd>${counts}<dt>time</dt><dd>${seconds(milliseconds)}</dd></dl>
</section>`;
}

function matrixTable(report: Report): Markup {
  const { backends, rows } = matrixOf(report);
  const heads = backends.map((name) => html`<th scope="col">${name}</th>`);
  const lines = rows.map(({ op, cells }) => html`<tr><th scope="row">${op}</th>${cells.map(cell)}</tr>\n`);
  return html`<div class="scroll" role="region" aria-label="Operations on backends" tabindex="0">
<table><thead><tr><th scope="col">operation</th>${heads}</tr></thead>
<tbody>${lines}</tbody></table></div>`;
}

function cell(of: Summary | undefined): Markup {
  if (!of) return html`<td></td>`;
  const state = standing(of);
  const counts = STATES.map((each) => `${of[each]} ${each}`).join(', ');
  if (state === 'refused') return html`<td class="refused" title="${counts}">–</td>`;
  const level = html`<b>${of.level ?? (state === 'failed' ? '✗' : '✓')}</b>`;
  const text = [ulpsByType(of), state === 'passed' ? '' : `${of[state]} ${state}`].join(' ').trim();
  const shown =
    state === 'failed' ? html`<a href="#failed-${of.backend}-${of.op}">${text}</a>` : html`${text}`;
  return html`<td class="${state} ${of.level ?? ''}" title="${counts}">${level} <span class="number">${shown}</span></td>`;
}
