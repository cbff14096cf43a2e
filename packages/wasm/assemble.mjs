// Compiles assembly/ into src/binary.generated.ts: what ships is what the source says.
import { readFileSync, writeFileSync } from 'node:fs';
import zopfli from '@gfx/zopfli';
import asc from 'assemblyscript/asc';

const OPTIONS = [
  '-O3',
  '--shrinkLevel',
  '1',
  '--converge',
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
  '--enable',
  'relaxed-simd',
];

/** @type {Uint8Array | undefined} */
let binary;
let text = '';
const stderr = asc.createMemoryStream();
const { error } = await asc.main(
  ['assembly/index.ts', '--outFile', 'out.wasm', '--textFile', 'out.wat', ...OPTIONS],
  {
    readFile: (name) => {
      try {
        return readFileSync(name, 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => {
      if (name === 'out.wasm') binary = /** @type {Uint8Array} */ (contents);
      else text = String(contents);
    },
    listFiles: () => [],
    stderr,
  },
);
if (error || !binary) throw new Error(`${error?.message}\n${stderr.toString()}`);

// `spelled` in src/modules.ts rewrites the bytes of these four opcodes: they must be theirs alone, each sum's first term
// be its product, which then is not the last thing before it, and no product go anywhere else.
const bytes = Buffer.from(binary).toString('latin1');
for (const [lanes, product, sum] of [
  ['f32x4', '\x8d', '\x8e'],
  ['f64x2', '\x8f', '\x90'],
]) {
  const [products, sums] = [`${lanes}.relaxed_min`, `${lanes}.relaxed_max`].map(
    (op) => text.split(op).length - 1,
  );
  const found = [product, sum].map((op) => bytes.split(`\xfd${op}\x02`).length - 1);
  if (products !== sums || found.some((count) => count !== sums))
    throw new Error(`${products} products and ${sums} sums of ${lanes}, in the bytes ${found}`);
  if (bytes.includes(`\xfd${product}\x02\xfd${sum}\x02`))
    throw new Error(`a product is added to a sum of ${lanes}`);
}

/** 12 500 bytes, where zlib's best was 13 060; in 0.4 s. */
const packed = await zopfli.gzipAsync(binary, { numiterations: 15 });
writeFileSync(
  'src/binary.generated.ts',
  `/** The bytes of the module. */
export const BYTES: number = ${binary.length};
/** Gzipped, in base64. A constant would move to where it is used. */
export function packed(): string {
  return '${Buffer.from(packed).toString('base64')}';
}
`,
);
