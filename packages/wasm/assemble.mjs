// Compiles assembly/ twice, with and without relaxed SIMD, into src/binary.generated.ts: what ships is what the source says.
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import asc from 'assemblyscript/asc';

const OPTIONS = [
  '-O3',
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

const modules = [await compiled([]), await compiled(['relaxed-simd'])];
writeFileSync(
  'src/binary.generated.ts',
  `/** The bytes of the module with plain SIMD; that with relaxed SIMD follows. */
export const PLAIN_BYTES: number = ${modules[0]?.length};
/** Both, gzipped together, in base64. */
export const MODULES: string =
  '${gzipSync(Buffer.concat(modules), { level: 9 }).toString('base64')}';
`,
);
