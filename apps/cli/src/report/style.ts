/** The colour of the k-th backend, wherever it is shown. */
export const colourOf = (k: number): string => `var(--line-${k % 8})`;

/** The page's style: one column on a phone, light or dark as the reader has it, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c1e21; --quiet: #5d6470; --page: #fbfbfa; --card: #fff; --edge: #e1e3e6;
  --good: #17693a; --good-back: #e3f4e9; --bad: #a31621; --bad-back: #fde8e9; --odd: #7a5200; --odd-back: #fdf1d6;
  --line-0: #1f6feb; --line-1: #c2410c; --line-2: #17803d; --line-3: #9333ea; --line-4: #0e7490; --line-5: #be185d;
  --line-6: #a16207; --line-7: #475569; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --quiet: #9aa3af; --page: #131417; --card: #1b1d21;
  --edge: #33373e; --good: #7ee2a0; --good-back: #12301d; --bad: #ff9ba0; --bad-back: #3c1518; --odd: #f3cd7b;
  --odd-back: #36280b; --line-0: #6ea8fe; --line-1: #fb923c; --line-2: #4ade80; --line-3: #c084fc; --line-4: #22d3ee;
  --line-5: #f472b6; --line-6: #facc15; --line-7: #94a3b8; } }
* { box-sizing: border-box; --level: 2.75rem; }
body { margin: 0 auto; padding: 1.5rem clamp(0.75rem, 3vw, 2.5rem) 4rem; max-width: 84rem; background: var(--page);
  color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 0.25rem; } h2 { font-size: 1.2rem; margin: 2.5rem 0 0.75rem; }
p { margin: 0 0 0.75rem; max-width: 46rem; } .quiet { color: var(--quiet); }
nav { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-top: 0.75rem; }
a { color: inherit; text-underline-offset: 0.2em; } :focus-visible { outline: 2px solid var(--line-0); outline-offset: 2px; }
code, .number { font-family: ui-monospace, monospace; font-size: 0.88em; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.75rem; }
.card { background: var(--card); border: 1px solid var(--edge); border-radius: 0.5rem; padding: 0.75rem 1rem; }
.card h3 { margin: 0; font-size: 1rem; display: flex; gap: 0.5rem; align-items: center; overflow-wrap: anywhere; }
.swatch { width: 0.75rem; height: 0.75rem; border-radius: 50%; flex: none; }
.card dl { display: grid; grid-template-columns: 1fr auto; margin: 0.5rem 0 0; font-size: 0.9rem; }
dt { color: var(--quiet); } dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow: auto; max-height: 80vh; border: 1px solid var(--edge); border-radius: 0.5rem; background: var(--card); }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 0.9rem; }
th, td { padding: 0.3rem 0.75rem; text-align: left; border-bottom: 1px solid var(--edge); white-space: nowrap; }
thead th { position: sticky; top: 0; background: var(--card); z-index: 2; }
tbody th { position: sticky; left: 0; background: var(--card); font-weight: 500; z-index: 1; }
tbody tr:last-child > * { border-bottom: 0; }
td b { display: inline-block; min-width: 2.1rem; font-weight: 600; }
.passed { color: var(--good); } .failed { color: var(--bad); background: var(--bad-back); }
.deviating { color: var(--odd); background: var(--odd-back); } .refused { color: var(--quiet); }
td.S1 b { color: var(--odd); } td.S2 b { color: var(--line-4); }
td.passed.S1 { background: linear-gradient(90deg, var(--odd-back) var(--level), transparent var(--level)); }
td.passed:not(.S1) { background: linear-gradient(90deg, var(--good-back) var(--level), transparent var(--level)); }
details { margin-bottom: 0.75rem; } summary { cursor: pointer; padding: 0.25rem 0; font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); gap: 0.75rem; }
figure { margin: 0; padding: 0.5rem; background: var(--card); border: 1px solid var(--edge); border-radius: 0.5rem; }
figcaption { font-size: 0.9rem; font-weight: 600; } svg { width: 100%; height: auto; overflow: visible; }
article { background: var(--card); border: 1px solid var(--edge); border-left: 4px solid var(--bad);
  border-radius: 0.5rem; padding: 0.75rem 1rem; margin-bottom: 0.75rem; }
article:target { outline: 2px solid var(--line-0); } article h3 { margin: 0 0 0.25rem; font-size: 1rem; overflow-wrap: anywhere; }
pre { overflow: auto; margin: 0.5rem 0 0; padding: 0.5rem 0.75rem; background: var(--page); border-radius: 0.35rem; font-size: 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0 0 0.75rem; padding: 0; }
.legend li { display: flex; gap: 0.4rem; align-items: center; }
@media (max-width: 40rem) { table { font-size: 0.8rem; } th, td { padding: 0.25rem 0.4rem; } td b { min-width: 1.6rem; }
  * { --level: 2.05rem; } }
@media print { .scroll { max-height: none; overflow: visible; } article, figure { break-inside: avoid; } }
`;
