// What a report says of the accuracy of each operation on each backend: tools/scripts/accuracy.json, and the README's table.

/**
 * @typedef {{ dtype: string, ulp: number }} RowError
 * @typedef {{ op: string, category: string, status: string, level?: string, errors?: RowError[] }} Check
 * @typedef {{ suite: string, backends: { backend: string, checks: Check[] }[] }} Report
 * @typedef {{ level: string, ulp: number }} Accuracy The level of every dtype, and the worst error in float32.
 * @typedef {{ backend: string, ops: Record<string, Accuracy> }} Measured
 * @typedef {{ suite: string, backends: Measured[] }} Table
 */

/** @param {Report['backends'][number]} report @returns {Measured} */
export function measured({ backend, checks }) {
  const accuracy = checks.filter(({ category }) => category === 'accuracy');
  const entries = [...new Set(accuracy.map(({ op }) => op))].flatMap((op) => {
    const own = accuracy.filter((each) => each.op === op);
    if (own.some(({ status }) => status === 'failed')) throw new Error(`${op} fails on ${backend}`);
    const level = own.flatMap((each) => each.level ?? []).sort((a, b) => a.localeCompare(b))[0];
    const ulps = own
      .flatMap((each) => each.errors ?? [])
      .flatMap(({ dtype, ulp }) => (dtype === 'float32' ? [ulp] : []));
    if (level === undefined || ulps.length === 0) return [];
    return [[op, { level, ulp: Number(Math.max(...ulps).toPrecision(3)) }]];
  });
  return { backend, ops: Object.fromEntries(entries) };
}

/** @param {Table} table */
export function accuracyTable({ backends }) {
  const ops = [...new Set(backends.flatMap(({ ops }) => Object.keys(ops)))];
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |\n`;
  const cell = (/** @type {Accuracy | undefined} */ found) =>
    found ? `${found.level} · ${shown(found.ulp)}` : '–';
  return [
    line(['operation', ...backends.map(({ backend }) => backend)]),
    line(['---', ...backends.map(() => '---')]),
    ...ops.map((op) => line([`\`${op}\``, ...backends.map(({ ops }) => cell(ops[op]))])),
  ].join('');
}

const shown = (/** @type {number} */ ulp) =>
  ulp < 10 ? ulp.toFixed(2) : ulp < 1e4 ? ulp.toFixed(0) : ulp.toExponential(1);
