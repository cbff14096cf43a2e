import { spawnSync } from 'node:child_process';

/** How a command ended; `text` is what it said, both streams. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly text: string;
}

/** What the commands of one folder run under. */
export interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds that end what hangs. */
const LIMIT = 10 * 60_000;

/** Runs a command to its end, and leaves the judgement to the caller. */
export function attempt([file, ...args]: readonly [string, ...string[]], where: Surroundings): Outcome {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd: where.cwd,
    env: { ...inherited(), ...where.env },
    encoding: 'utf8',
    timeout: LIMIT,
    maxBuffer: 2 ** 28,
  });
  return { status: status ?? 1, stdout, text: `${stdout}${stderr}${error ? String(error) : ''}` };
}

/** The same for what must succeed: gives what it printed, or throws all that it said. */
export function run(command: readonly [string, ...string[]], where: Surroundings): string {
  const { status, stdout, text } = attempt(command, where);
  if (status !== 0)
    throw new Error(`${command.join(' ')} ended with ${status} in ${where.cwd}\n${text.trim()}`);
  return stdout;
}

/** What a script runner tells its scripts must not reach other folders: there a user starts afresh. */
const TOLD =
  /^npm_(lifecycle|package|command|execpath|node_execpath|config_(user_agent|prefix|local_prefix))|^(INIT_CWD|NODE_PATH)$/;

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !TOLD.test(name)));
}
