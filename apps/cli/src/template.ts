import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { printable } from './printable.ts';
import type { Output } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** Writes a backend to begin with; a file that is there stays as it is. */
export async function writeTemplate(path: string, stdout: Output): Promise<void> {
  const template = fileURLToPath(import.meta.resolve('@softmax/conformance/template/my-backend.js'));
  const text = await readFile(template, 'utf8');
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const module = /^[./]/.test(path) ? path : `./${path}`;
  stdout.write(
    `${printable(path)} is a backend with one kernel of its own. Check it with\n` +
      `  softmax check --backend ${printable(module)}\n`,
  );
}
