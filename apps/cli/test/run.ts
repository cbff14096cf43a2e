import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { type Setting, softmax } from '../src/index.ts';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const MAIN = join(import.meta.dirname, '..', 'dist', 'main.js');

/** The built command, as a person runs it, with its output in a pipe. */
export const command = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ran> =>
  node([MAIN, ...args], env);

/** A module in a process of its own. */
export const script = (text: string): Promise<Ran> =>
  node(['--input-type=module', '--eval', text], process.env);

async function node(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, out, err };
}

/** The same with bytes on standard input, and bytes out. */
export async function piped(
  args: readonly string[],
  input: Uint8Array,
): Promise<{ code: number | null; bytes: Buffer; err: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  // Who refuses its input closes it early.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [bytes, err] = await Promise.all([buffer(child.stdout), text(child.stderr)]);
  return { code: await code, bytes, err };
}

/** The same in this process, with other backends or on a terminal that is none. */
export async function inProcess(
  args: readonly string[],
  { candidates, terminal = false }: Pick<Setting, 'candidates'> & { readonly terminal?: boolean } = {},
): Promise<Ran> {
  const stream = () => Object.assign(new PassThrough(), { isTTY: terminal, hasColors: () => terminal });
  const [stdout, stderr] = [stream(), stream()];
  const read = Promise.all([text(stdout), text(stderr)]);
  const code = await softmax(args, { ...(candidates && { candidates }), streams: { stdout, stderr } });
  stdout.end();
  stderr.end();
  const [out, err] = await read;
  return { code, out, err };
}
