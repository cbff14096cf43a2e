// Compiles assembly/ into src/binary.generated.ts: what ships is what the source says.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import zopfli from '@gfx/zopfli';

const ASC = fileURLToPath(import.meta.resolve('assemblyscript/bin/asc.js'));
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
  // Shared memory needs a maximum, and so its module does.
  '--maximumMemory',
  '65536',
  '--enable',
  'simd',
];

/**
 * Half of what deflate looks back at, so that each piece is followed by its counterpart within
 * reach.
 */
const PIECE = 8192;

/** The import `env.memory` up to its limits: 2 is a memory, and what follows its flags. */
const MEMORY_IMPORT = '\x03env\x06memory\x02';

const folder = mkdtempSync(join(tmpdir(), 'softmax-wasm-'));
try {
  const modules = await Promise.all([
    compile('relaxed.wasm', '--enable', 'relaxed-simd'),
    compile('plain.wasm'),
  ]);
  await write(modules);
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {string} name @param {string[]} features */
async function compile(name, ...features) {
  const file = join(folder, name);
  const args = [ASC, 'assembly/index.ts', '--outFile', file, ...OPTIONS, ...features];
  await promisify(execFile)(process.execPath, args);
  return readFileSync(file);
}

/** @param {Buffer[]} modules */
async function write(modules) {
  const [relaxed, plain] = modules;
  const [limits, same] = modules.map(limitsOf);
  if (limits !== same) throw new Error(`memory is imported at ${limits} and at ${same}`);
  // 18 082 bytes, where zlib's best is 18 946.
  const packed = await zopfli.gzipAsync(interleave(modules), { numiterations: 15 });
  writeFileSync(
    'src/binary.generated.ts',
    `/** The lengths of the modules for relaxed and plain SIMD. */
export const RELAXED: number = ${relaxed.length};
export const PLAIN: number = ${plain.length};
/** The length of the pieces in which the two alternate. */
export const PIECE: number = ${PIECE};
/** Where in both the flags of the memory's limits are. */
export const MEMORY_LIMITS: number = ${limits};
/** Both modules, gzipped, in base64. A constant would move to where it is used. */
export function packed(): string {
  return '${Buffer.from(packed).toString('base64')}';
}
`,
  );
}

/** @param {Buffer} module */
function limitsOf(module) {
  const limits = module.indexOf(MEMORY_IMPORT, 0, 'latin1') + MEMORY_IMPORT.length;
  if (module[limits] !== 1) throw new Error('no import of a memory with a maximum');
  return limits;
}

/** @param {Buffer[]} modules */
function interleave(modules) {
  const longest = Math.max(...modules.map((module) => module.length));
  const pieces = [];
  for (let start = 0; start < longest; start += PIECE)
    for (const module of modules) pieces.push(module.subarray(start, start + PIECE));
  return Buffer.concat(pieces);
}
