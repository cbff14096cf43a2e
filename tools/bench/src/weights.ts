import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { distributionOf, type Weight } from '@softmax/cli/bench';
import { build, type Plugin, type Rolldown } from 'vite';

const here = fileURLToPath(new URL('../', import.meta.url));

/** From nothing to a first softmax, as a user would write it. */
const STARTS: { readonly [system: string]: string } = {
  '@softmax/core': "import { softmax } from '@softmax/core'; softmax(new Float32Array([1, 2, 3])).data();",
  '@softmax/wasm':
    "import { createSoftmax } from '@softmax/core'; import { wasm } from '@softmax/wasm'; createSoftmax(await wasm()).softmax(new Float32Array([1, 2, 3])).data();",
  '@softmax/onnx, node':
    "import { createSoftmax } from '@softmax/core'; import { onnxNode } from '@softmax/onnx/node'; await (await createSoftmax(await onnxNode()).softmax(new Float32Array([1, 2, 3]))).data();",
  'tfjs, cpu':
    "import { createRequire } from 'node:module'; console.warn = console.log = () => {}; const tf = createRequire(process.cwd() + '/peers/package.json')('@tensorflow/tfjs'); await tf.setBackend('cpu'); tf.softmax(tf.tensor1d([1, 2, 3])).dataSync();",
};

/** In the order of the table; only what a page can load. */
const BUNDLES: { readonly [system: string]: string } = {
  '@softmax/core': "export { softmax } from '@softmax/core';",
  '@softmax/wasm': "export { createSoftmax } from '@softmax/core'; export { wasm } from '@softmax/wasm';",
  'tfjs, cpu': "export { softmax, tensor1d } from './peers/node_modules/@tensorflow/tfjs/dist/index.js';",
};

/** Milliseconds from the start of the process, seven processes each, in turns. */
export async function weights(): Promise<readonly Weight[]> {
  const starts = Object.entries(STARTS).map(([system, code]) => ({ system, code, times: [] as number[] }));
  for (let round = 0; round < 7; round++)
    for (const { code, times } of starts) {
      const told = `${code}\nprocess.stdout.write(String(performance.now())); process.exit();`;
      const out = execFileSync(process.execPath, ['--input-type=module', '-e', told], { cwd: here });
      times.push(Number(out.toString()));
    }
  const bundles = new Map<string, Weight['bundle']>();
  for (const [system, code] of Object.entries(BUNDLES)) bundles.set(system, await bundleOf(code));
  return starts.map(({ system, times }) => {
    const bundle = bundles.get(system);
    return { system, coldStart: distributionOf(times), ...(bundle && { bundle }) };
  });
}

/** Minified, all chunks. */
async function bundleOf(code: string): Promise<{ bytes: number; gzip: number }> {
  const id = `${here}entry.js`;
  const entry: Plugin = {
    name: 'entry',
    enforce: 'pre',
    resolveId: (asked) => (asked === id ? id : null),
    load: (asked) => (asked === id ? code : null),
  };
  const built = (await build({
    root: here,
    logLevel: 'silent',
    configFile: false,
    plugins: [entry],
    build: { write: false, target: 'es2022', minify: true, lib: { entry: id, formats: ['es'] } },
  })) as Rolldown.RolldownOutput[];
  const chunks = built.flatMap(({ output }) => output);
  const texts = chunks.map((each) => Buffer.from(each.type === 'chunk' ? each.code : each.source));
  const all = (of: (text: Buffer) => number) => texts.reduce((sum, text) => sum + of(text), 0);
  return { bytes: all((text) => text.length), gzip: all((text) => gzipSync(text).length) };
}
