import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OpenSystem, System, Task } from '@softmax/cli/bench';

const SCRIPT = fileURLToPath(new URL('../python/peers.py', import.meta.url));

interface Answer {
  readonly version?: string;
  readonly has?: boolean;
  readonly milliseconds?: number;
}

/** A process that answers each line by a line. */
class Partner {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(name: string) {
    this.#process = spawn(process.env['PYTHON'] ?? 'python3', [SCRIPT, name], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    });
    // A Python that is not there: its output ends, which is told by `answer`.
    this.#process.on('error', () => {});
    const input = this.#process.stdout as NonNullable<ChildProcess['stdout']>;
    this.#lines = createInterface({ input })[Symbol.asyncIterator]();
  }

  async answer(): Promise<Answer> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('no Python with it; PYTHON names another one');
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

const inPython = (name: string, module: string): System => ({
  name,
  async open(): Promise<OpenSystem> {
    const partner = new Partner(module);
    const { version = '' } = await partner.answer();
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const [given, taken] = [join(folder, 'x'), join(folder, 'y')];
    return {
      version,
      async prepare({ op, x, labels, shape, axis }: Task) {
        writeFileSync(given, x);
        const { has } = await partner.ask({ op, shape, axis, x: given, labels: [...labels] });
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
export const IN_PYTHON: readonly System[] = [inPython('PyTorch', 'torch'), inPython('SciPy', 'scipy')];
