// Bundles a worker's module into a string, for a package that has no file to start a worker from:
// node bundle-worker.mjs MODULE OUTPUT
import { writeFileSync } from 'node:fs';
import { build } from 'vite';

const [entry = '', output = ''] = process.argv.slice(2);
const bundles = await build({
  configFile: false,
  logLevel: 'error',
  build: {
    write: false,
    target: 'es2022',
    lib: { entry, formats: ['iife'], name: 'worker' },
  },
});
if (!Array.isArray(bundles)) throw new Error('no bundle');
const code = bundles
  .flatMap((bundle) => bundle.output)
  .flatMap((part) => ('code' in part ? [part.code] : []));
writeFileSync(
  output,
  `/** The script of a worker. */
export const SOURCE: string = ${JSON.stringify(code.join(''))};
`,
);
