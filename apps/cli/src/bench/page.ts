import { ulps } from '../check-table.ts';
import { CONTENT_POLICY } from '../report/content-policy.ts';
import { html, Markup } from '../report/markup.ts';
import { STYLE } from '../report/style.ts';
import { errorPlot, throughputPlot } from './plots.ts';
import { type BenchResults, type TaskResult, throughput } from './results.ts';
import { figure } from './text.ts';

const number = (text: string): Markup => html`<td class="number">${text}</td>`;

/** Plots as wide as half a page, and figures under each other. */
const WIDE = `
.plots { grid-template-columns: repeat(auto-fill, minmax(min(100%, 38rem), 1fr)); margin-bottom: 1rem; }
.number, th[scope=col] + th[scope=col] { text-align: right; } table { width: auto; } details .scroll { width: fit-content; max-width: 100%; }
`;

/** Results as one page that needs nothing else: no script, no network. */
export function benchPage(results: BenchResults): string {
  const { date, machine, pace, tasks, absent } = results;
  const ops = [...new Set(tasks.map(({ op }) => op))];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Softmax, measured</title>
<style>${new Markup(STYLE + WIDE)}</style>
</head>
<body>
<header>
<h1>Softmax, measured</h1>
<p class="quiet"><time datetime="${date}">${date.slice(0, 16).replace('T', ' ')} UTC</time> · ${machine.runtime} on
${machine.cpu}, ${machine.cpus} processors · float32, single-threaded unless the name says otherwise, interleaved runs of ${pace.turn} ms after
${pace.warmUp} ms of warming up, ${pace.rounds} rounds</p>
<nav>${ops.map((op) => html`<a href="#${op}">${op}</a>`)}</nav>
</header>
<main>
${ops.map((op) => section(results, op))}
${weightTable(results)}
<h2>Not here</h2>
<ul>${absent.map(({ system, reason }) => html`<li>${system}: ${reason}</li>`)}</ul>
</main>
</body>
</html>
`.text;
}

function section(results: BenchResults, op: string): Markup {
  const plots = [throughputPlot(results, op), errorPlot(results, op)].flatMap((svg) =>
    svg === null ? [] : [html`<figure>${new Markup(svg)}</figure>`],
  );
  const tables = results.tasks.filter((each) => each.op === op).map(taskTable);
  return html`<h2 id="${op}">${op}</h2>
<div class="plots">${plots}</div>
${tables}`;
}

function taskTable(task: TaskResult): Markup {
  const heads = ['system', 'µs', 'quartiles', 'alone', 'GB/s', 'times as long', 'quartiles', 'worst ulp'];
  const rows = task.timings.map(
    (each) => html`<tr><th scope="row">${each.system}</th>${[
      number(figure(each.median)),
      number(each.quartiles.map(figure).join('–')),
      number(figure(each.alone)),
      number(figure(throughput(task, each))),
      number(figure(each.ratio.median)),
      number(each.ratio.quartiles.map(figure).join('–')),
      number(each.ulp === null ? '–' : ulps(each.ulp)),
    ]}</tr>
`,
  );
  return html`<details${task.size === '32×1000' ? new Markup(' open') : ''}><summary>${task.size}</summary>
<div class="scroll" role="region" aria-label="${task.op} ${task.size}" tabindex="0"><table>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div></details>
`;
}

function weightTable({ weights }: BenchResults): Markup {
  if (weights.length === 0) return html``;
  const rows = weights.map(
    ({ system, coldStart, bundle }) =>
      html`<tr><th scope="row">${system}</th>${number(coldStart ? figure(coldStart.median) : '–')}${number(
        bundle ? figure(bundle.gzip / 1000) : '–',
      )}</tr>
`,
  );
  return html`<h2>Start and size</h2>
<table><thead><tr><th scope="col">system</th><th scope="col">cold start, ms</th><th scope="col">bundle, kB gzipped</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}
