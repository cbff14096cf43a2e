// Writes the table of runtimes in the README of @softmax/onnx, from the report of `pnpm check:runtimes`.
import { readFileSync, writeFileSync } from 'node:fs';

const README = 'packages/onnx/README.md';
const [BEGIN, END] = ['<!-- runtimes: written by pnpm check:runtimes -->\n', '<!-- /runtimes -->'];

/**
 * @typedef {{ runtime: string, backend: string, version?: string, milliseconds: number, plan: string, fault?: string,
 *   passed: number, failed: number, refused: number, deviating: number }} Cell
 * @typedef {{ suite: string, cells: Cell[] }} Results
 */

/** What each backend of the table runs on, in its order. @type {Record<string, string>} */
const BACKENDS = {
  'node24 onnxruntime-node': 'onnxruntime-node, cpu',
  'node24 onnxruntime-node-webgpu': 'onnxruntime-node, webgpu',
  'node24 onnxruntime-web': 'onnxruntime-web, wasm',
  'chromium onnxruntime-web': 'onnxruntime-web, wasm, one thread',
  'chromium onnxruntime-web-threads': 'onnxruntime-web, wasm, two threads',
  'chromium onnxruntime-web-webgpu': 'onnxruntime-web, webgpu',
};

/** @param {Results} results */
function runtimesTable({ suite, cells }) {
  const line = (/** @type {(string | number)[]} */ each) => `| ${each.join(' | ')} |\n`;
  const rows = Object.entries(BACKENDS).map(([place, name]) => {
    const cell = cells.find(({ runtime, backend }) => `${runtime} ${backend}` === place);
    if (!cell) return line([name, '–', '–', '–', '–', '–', '–']);
    if (cell.fault !== undefined) throw new Error(`${place}: ${cell.fault}`);
    if (cell.plan === 'part') throw new Error(`${place}: that was no plan`);
    const { version = '', plan, passed, refused, deviating, failed } = cell;
    return line([name, version, plan, passed, refused, deviating, failed]);
  });
  const heads = ['provider', 'in', 'plan', 'passed', 'refused', 'deviating', 'failed'];
  const rule = ['---', '---', '---', ...heads.slice(3).map(() => '---:')];
  return `\n${line(heads)}${line(rule)}${rows.join('')}\nThe plan of suite ${suite}; quick tries each law on 10 examples in place of 1000, and leaves out what takes longest; – was not run to its end yet.\n\n`;
}

/** @param {string} readme @param {Results} results */
function withRuntimesTable(readme, results) {
  const [before, rest] = readme.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${README} has no place for the table of runtimes`);
  return `${before}${BEGIN}${runtimesTable(results)}${END}${after}`;
}

const [, , report] = process.argv;
if (report === undefined) throw new Error('node runtimes-table.mjs REPORT.json');
writeFileSync(
  README,
  withRuntimesTable(readFileSync(README, 'utf8'), JSON.parse(readFileSync(report, 'utf8'))),
);
