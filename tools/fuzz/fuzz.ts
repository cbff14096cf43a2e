import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Entry } from './target.ts';
import type { Outcome, Work } from './worker.ts';

export interface Options {
  /** The number of inputs. */
  readonly files: number;
  readonly seed: number;
  /** Index of the first input. Default: 0. */
  readonly first?: number;
  /** Limit of one input. Default: 2000. */
  readonly milliseconds?: number;
  /** Limit of the process. Default: 500. */
  readonly megabytes?: number;
}

export interface Problem {
  readonly target: string;
  readonly index: number;
  readonly problem: string;
  /** The command that runs this input alone. */
  readonly repeat: string;
}

const WORKER = join(import.meta.dirname, 'worker.ts');
/** One process runs at most this many inputs, so that its garbage is not charged to a later one. */
const PER_PROCESS = 5000;
/** More problems than this are of one kind. */
const MOST = 10;

/** Runs a target on random inputs in processes of their own, where a hang or a crash ends one input alone. */
export async function fuzz({ module, name }: Entry, options: Options): Promise<Problem[]> {
  const { files, seed, first = 0 } = options;
  const problems: Problem[] = [];
  const end = first + files;
  for (let index = first; index < end && problems.length < MOST; ) {
    const work = { module, name, seed, from: index, to: Math.min(end, index + PER_PROCESS) };
    const stopped = await untilProblem(work, options);
    if (!stopped) {
      index = work.to;
      continue;
    }
    // A busy machine, or garbage of the inputs before, is no fault of this input: it must fail alone.
    const alone = await untilProblem({ ...work, from: stopped.index, to: stopped.index + 1 }, options);
    const repeat = `pnpm fuzz --target ${name} --seed ${seed} --first ${stopped.index} --files 1`;
    if (alone) problems.push({ target: name, index: alone.index, problem: alone.problem, repeat });
    index = stopped.index + 1;
  }
  return problems;
}

interface Stopped {
  readonly index: number;
  readonly problem: string;
}

function untilProblem(
  work: Work,
  { milliseconds = 2000, megabytes = 500 }: Options,
): Promise<Stopped | undefined> {
  return new Promise((resolve) => {
    let index = work.from;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let output = '';
    const child: ChildProcess = fork(WORKER, [JSON.stringify(work)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    const end = (problem?: string): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(problem === undefined ? undefined : { index, problem });
    };
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => end(`takes longer than ${milliseconds} ms`), milliseconds);
    };
    const keep = (text: Buffer): void => {
      output = (output + text.toString('utf8')).slice(-4000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('message', (message: Outcome | { readonly ready: true }) => {
      if ('ready' in message) return watch();
      index = message.index;
      if (message.problem !== undefined) return end(message.problem);
      if (message.megabytes > megabytes)
        return end(`takes ${message.megabytes.toFixed(0)} MB, allowed: ${megabytes}`);
      index++;
      if (index === work.to) end();
      else watch();
    });
    child.on('exit', (code, signal) =>
      end(`the process ends by ${signal ?? `exit code ${code}`}: ${output}`),
    );
  });
}
