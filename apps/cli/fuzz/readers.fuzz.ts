import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { softmax } from '../src/index.ts';
import { type Chance, chanceOf, damaged, NAMES } from './chance.ts';
import { CORPUS } from './corpus.ts';
import { json, jsonLines } from './grammars/json.ts';
import { npy } from './grammars/npy.ts';
import { npz } from './grammars/npz.ts';
import { safetensors } from './grammars/safetensors.ts';
import { table } from './grammars/table.ts';

/** A file, and the command that reads it. */
interface Input {
  readonly format: string;
  readonly bytes: Buffer;
  /** Lengths of the pieces of a pipe; undefined for a file. */
  readonly piece: number | undefined;
  readonly member: string;
  readonly operation: string;
  readonly options: readonly string[];
  readonly to: string;
}

const OPERATIONS = [
  'softmax',
  'logSumExp',
  'logSoftmax',
  'hardmax',
  'sparsemax',
  'logCumSumExp',
  'entropy',
  'oneHot',
];
const OPTIONS = [
  [],
  [],
  [],
  ['--axis', '0'],
  ['--axis', 'all'],
  ['--dtype', 'float32'],
  ['--backend', 'wasm'],
];
const TO = ['npy', 'npz', 'json', 'jsonl', 'csv', 'tsv', 'safetensors', 'table'];
const FORMATS: { readonly [format: string]: (chance: Chance) => Buffer } = {
  npy,
  npz,
  json,
  jsonl: jsonLines,
  csv: table(','),
  tsv: table('\t'),
  safetensors,
};

const folder = mkdtempSync(join(tmpdir(), 'softmax-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** One line that a terminal shows as it is: nothing in it is obeyed, and it fits a screen. */
const LINE = /^error: [^\p{Cc}\p{Bidi_Control}\u2028\u2029]{1,3000}\n$/u;

const PIECES = { small: [1, 7, 4096], large: [512] } as const;

const make =
  (format: string) =>
  (random: () => number, index: number): Input => {
    const chance = chanceOf(random);
    const known = CORPUS[format]?.[index];
    if (known) {
      // By a pipe where the time depends on the number of its pieces.
      const piece = known.length > 2 ** 20 ? 512 : undefined;
      return { format, bytes: known, piece, member: '', operation: 'logSumExp', options: [], to: 'jsonl' };
    }
    const bytes = (FORMATS[format] as (chance: Chance) => Buffer)(chance);
    const sizes = PIECES[bytes.length < 2 ** 16 ? 'small' : 'large'];
    return {
      format,
      bytes: chance.once(5) ? damaged(bytes, chance) : bytes,
      piece: chance.once(3) ? chance.pick(sizes) : undefined,
      member: chance.once(8) ? `:${chance.pick(NAMES).slice(0, 200)}` : '',
      operation: chance.pick(OPERATIONS),
      options: chance.pick(OPTIONS),
      to: chance.pick(TO),
    };
  };

async function run({ format, bytes, piece, member, operation, options, to }: Input): Promise<void> {
  const file = join(folder, `x.${format}`);
  if (piece === undefined) writeFileSync(file, bytes);
  const out = join(folder, `y.${to}`);
  const path = piece === undefined ? `${file}${member}` : member || '-';
  const depth = operation === 'oneHot' ? ['--depth', '3'] : [];
  const args = ['run', operation, ...options, ...depth, '--to', to, '--out', out, '--from', format, path];
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const read = Promise.all([text(stdout), text(stderr)]);
  const code = await softmax(args, { streams: { stdout, stderr, stdin: pieces(bytes, piece ?? 1) } });
  stdout.end();
  stderr.end();
  const [said, error] = await read;
  const left = readdirSync(folder).toSorted().join(' ');
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const input = piece === undefined ? `x.${format}` : '';
  const expected = `${input}${code === 0 ? `${input && ' '}y.${to}` : ''}`;
  const fine = said === '' && left === expected && (code === 0 ? error === '' : LINE.test(error));
  if (!fine || ![0, 2, 3].includes(code))
    throw new Error(
      `${args.join(' ')} ends with ${code}, leaves ${left}, and prints ${said}${error.slice(0, 5000)}`,
    );
}

const pieces = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  );

interface Target {
  readonly make: (random: () => number, index: number) => Input;
  readonly run: (input: Input) => Promise<void>;
}

const TARGETS: { readonly [format: string]: Target } = Object.fromEntries(
  Object.keys(FORMATS).map((format) => [format, { make: make(format), run }]),
);
export default TARGETS;
