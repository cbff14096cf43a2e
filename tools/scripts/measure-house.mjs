// Prints how easy the house is to work in: `node tools/scripts/measure-house.mjs`. Each line has a figure and what it is to be.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
const read = (/** @type {string} */ path) => readFileSync(path, 'utf8');
const isSource = (/** @type {string} */ path) =>
  /^(packages|apps|tools)\/[^/]+\/(src|assembly)\/.*\.ts$/.test(path) && !path.endsWith('.generated.ts');
const sources = tracked.filter(isSource);
const inCore = sources.filter((path) => path.startsWith('packages/core/'));

/** The source files that name an operation. */
const naming = (/** @type {string} */ op) =>
  sources.filter((path) => new RegExp(`\\b${op}\\b`).test(read(path))).length;

/** Places that guess what an operation is from its name. */
const GUESSES =
  /\bop(eration)?\.(startsWith|endsWith|includes)\(|\bop\.replace\(\/[^[]|\.test\(op(eration)?\)/g;
const guesses = sources.flatMap((path) => read(path).match(GUESSES) ?? []).length;

const lines = inCore.flatMap((path) => read(path).split('\n'));
const long = lines.filter((line) => line.length > 100).length;

/** Identifiers of one letter among all that are declared in the reference's kernels. */
const declared = inCore
  .filter((path) => path.includes('/cpu/'))
  .flatMap((path) => [...read(path).matchAll(/\b(?:const|let|function) (\w+)|[(,] ?(\w+)(?=: )/g)])
  .map(([, name, parameter]) => name ?? parameter ?? '');
const short = declared.filter((name) => name.length === 1).length;

const surface = JSON.parse(read('tools/house/test/__snapshots__/public-surface.json'));
/** Data that no person writes or reads, but for the vectors, the public surface and the figures of the docs. */
const machine = tracked.filter(
  (path) =>
    /results.*\.json$|killed-by|guards\.txt|accuracy\.json$/.test(path) && !path.includes('/vectors/'),
);
const percent = (/** @type {number} */ part, /** @type {number} */ whole) =>
  `${((100 * part) / whole).toFixed(1)} %`;

for (const [what, figure, target] of [
  ['source files that name entmaxLoss', naming('entmaxLoss'), 14],
  ['source files that name hierarchicalTopK', naming('hierarchicalTopK'), 14],
  ["guesses from an operation's name", guesses, 0],
  ['lines over 100 characters in core', percent(long, lines.length), '1 %'],
  ['one-letter names declared in core/cpu', percent(short, declared.length), '20 %'],
  ["names that core's root exports", surface['@softmax/core'].length, 90],
  ['lines that a machine wrote', machine.flatMap((path) => read(path).split('\n')).length, 1500],
  ['bytes of README.md', Buffer.byteLength(read('README.md')), 9000],
])
  console.log(`${String(figure).padStart(8)}  ${what} (at most ${target})`);
