// Compiles assembly/ twice, with and without relaxed SIMD, into src/binary.generated.ts: what ships is what the source says.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import asc from 'assemblyscript/asc';

const OPTIONS = [
  '-O3',
  '--shrinkLevel',
  '1',
  '--noAssert',
  '--use',
  'abort=',
  '--runtime',
  'stub',
  '--importMemory',
  // A module of shared memory differs from this one in a single bit of its import, and shared memory needs a maximum.
  '--maximumMemory',
  '65536',
  '--enable',
  'simd',
];

/** @param {readonly string[]} features */
async function compiled(features) {
  /** @type {Uint8Array | undefined} */
  let binary;
  const stderr = asc.createMemoryStream();
  const { error } = await asc.main(
    ['assembly/index.ts', '--outFile', 'out.wasm', ...OPTIONS, ...features.flatMap((f) => ['--enable', f])],
    {
      readFile: (name) => {
        try {
          return readFileSync(name, 'utf8');
        } catch {
          return null;
        }
      },
      writeFile: (_, contents) => {
        binary = /** @type {Uint8Array} */ (contents);
      },
      listFiles: () => [],
      stderr,
    },
  );
  if (error || !binary) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return Buffer.from(binary);
}

const [plain, relaxed] = [await compiled([]), await compiled(['relaxed-simd'])];

/** Pieces of both in turn, so that what is alike in them stays within the 32 kB that gzip looks back. */
const PIECE = 24576;
/** Blocks of 4096 symbols, each with its own codes: 15 230 bytes, where the usual 16 384 give 15 343. */
const LEVEL = { level: 9, memLevel: 6 };
const pieces = [];
for (let at = 0; at < Math.max(plain.length, relaxed.length); at += PIECE)
  pieces.push(plain.subarray(at, at + PIECE), relaxed.subarray(at, at + PIECE));

writeFileSync(
  'src/binary.generated.ts',
  `/** The bytes of both modules, with plain and with relaxed SIMD. */
export const BYTES: readonly [number, number] = [${plain.length}, ${relaxed.length}];
/** Of each in turn so many bytes; the end of the shorter one is followed by the rest of the other. */
export const PIECE: number = ${PIECE};
/** Gzipped, in base64. */
export const MODULES: string =
  '${gzipSync(Buffer.concat(pieces), LEVEL).toString('base64')}';
`,
);
