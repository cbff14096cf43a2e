import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ALL, type OpenSystem, onAll, type System, type Task } from '@softmax/cli/bench';

const SCRIPT = fileURLToPath(new URL('../python/peers.py', import.meta.url));

interface Answer {
  readonly version?: string;
  readonly has?: boolean;
  readonly milliseconds?: number;
}

/** Where one may have a package that another has not: Debian's beside that of the PATH. */
const PYTHONS: readonly string[] = [process.env['PYTHON'], 'python3', '/usr/bin/python3'].filter(
  (one, k, all): one is string => one !== undefined && all.indexOf(one) === k,
);

/** A process that answers each line by a line. */
class Partner {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #heard = false;
  /** How the process ended, where it has. */
  ended: string | undefined;

  constructor(python: string, name: string, threads: number) {
    const count = String(threads);
    this.#process = spawn(python, [SCRIPT, name, count], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count },
    });
    // If Python is missing or has ended, its output ends, and `answer` reports it.
    this.#process.on('error', () => {});
    this.#process.stdin?.on('error', () => {});
    this.#process.once('exit', (code, signal) => {
      this.ended = signal ?? `code ${code}`;
    });
    const input = this.#process.stdout as NonNullable<ChildProcess['stdout']>;
    this.#lines = createInterface({ input })[Symbol.asyncIterator]();
  }

  async answer(): Promise<Answer> {
    const { value, done } = await this.#lines.next();
    if (done && this.#heard) {
      this.ended ??= await once(this.#process, 'exit').then(([code, signal]) => signal ?? `code ${code}`);
      throw new Error(`its process ended in the middle: ${this.ended}`);
    }
    if (done) throw new Error(`no Python with it among ${PYTHONS.join(', ')}; PYTHON names another one`);
    this.#heard = true;
    return JSON.parse(value) as Answer;
  }

  ask(question: object): Promise<Answer> {
    this.#process.stdin?.write(`${JSON.stringify(question)}\n`);
    return this.answer();
  }

  end(): void {
    this.#process.stdin?.end();
  }
}

/** The first Python that has the module. */
async function partnerWith(module: string, threads: number): Promise<{ partner: Partner; version: string }> {
  let failure: unknown;
  for (const python of PYTHONS) {
    const partner = new Partner(python, module, threads);
    try {
      const { version = '' } = await partner.answer();
      return { partner, version };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const inPython = (name: string, module: string, threads = 1): System => ({
  name,
  async open(): Promise<OpenSystem> {
    let { partner, version } = await partnerWith(module, threads);
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const [given, taken] = [join(folder, 'x'), join(folder, 'y')];
    return {
      version,
      async prepare({ op, x, labels, shape, axis, n }: Task) {
        // One that has ended is missed in its task, not in all that follow.
        if (partner.ended) ({ partner } = await partnerWith(module, threads));
        writeFileSync(given, x);
        const { has } = await partner.ask({ op, shape, axis, n, x: given, labels: [...labels] });
        if (!has) return null;
        return {
          turn: async (calls) => (await partner.ask({ calls })).milliseconds ?? Number.NaN,
          async result() {
            await partner.ask({ result: taken });
            const { buffer, byteOffset, byteLength } = readFileSync(taken);
            return op === 'sample' ? null : new Float32Array(buffer, byteOffset, byteLength / 4);
          },
        };
      },
      async close() {
        partner.end();
        rmSync(folder, { recursive: true });
      },
    };
  },
});

/** In a process of their own each, whose clock is read there; they take their turns with all others. */
export const IN_PYTHON: readonly System[] = [
  inPython('PyTorch', 'torch'),
  onAll(inPython('PyTorch', 'torch', ALL)),
  inPython('PyTorch, gumbel_softmax', 'torch-gumbel'),
  inPython('SciPy', 'scipy'),
];
