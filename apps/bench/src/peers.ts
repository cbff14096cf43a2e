import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = fileURLToPath(new URL('../peers/', import.meta.url));

/** Installs the peers on first use; their install scripts, which fetch what no softmax needs, are left out. */
export function installPeers(): void {
  if (existsSync(`${home}node_modules`)) return;
  console.log('Installing the peers (once, a minute)…');
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

type Softmax = (x: Float32Array) => ArrayLike<number>;

/** The function behind transformers.js' own softmax, apart from the runtimes that its entry would load. */
export async function transformers(): Promise<Softmax> {
  const file = `${home}node_modules/@huggingface/transformers/src/utils/maths.js`;
  const module = (await import(pathToFileURL(file).href)) as { softmax: Softmax };
  return module.softmax;
}

/** The part of TensorFlow.js that is measured. */
export interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  tensor(values: Float32Array, shape: readonly number[]): object;
  softmax(x: object): { dataSync(): Float32Array };
  tidy<T>(f: () => T): T;
}

/** TensorFlow.js on its cpu backend. It advertises tfjs-node on the console when it is loaded; that is kept silent. */
export async function tfjs(): Promise<Tfjs> {
  const { warn, log } = console;
  console.warn = console.log = () => {};
  try {
    const tf = createRequire(home)('@tensorflow/tfjs') as Tfjs;
    await tf.setBackend('cpu');
    return tf;
  } finally {
    Object.assign(console, { warn, log });
  }
}
