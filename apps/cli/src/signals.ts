import { rmSync } from 'node:fs';
import { UNFINISHED } from './target.ts';

/** Signals that ask a process to end, and the exit codes that a shell gives them (128 + number). */
const CODES = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;
const SIGNALS = Object.keys(CODES) as readonly (keyof typeof CODES)[];

let listening = false;

function end(signal: NodeJS.Signals): never {
  for (const { path } of UNFINISHED) rmSync(path, { force: true });
  process.exit(CODES[signal as keyof typeof CODES]);
}

/** Whoever interrupts the process gets no half of a file. */
export function listen(): void {
  listening = true;
  for (const signal of SIGNALS) process.on(signal, end);
}

function ignore(): void {
  listening = false;
  for (const signal of SIGNALS) process.off(signal, end);
}

/**
 * Runs work that keeps the event loop from turning. Meanwhile a signal ends the process at once, by the system's own
 * action: a listener would be called only afterwards. So no unfinished file may be there: an empty one is withdrawn, and
 * once one has content, signals wait for the end of the work.
 */
export async function interruptible<T>(work: () => T | Promise<T>): Promise<T> {
  if (!listening || [...UNFINISHED].some(({ empty }) => !empty)) return work();
  for (const file of UNFINISHED) await file.withdraw();
  ignore();
  try {
    return await work();
  } finally {
    listen();
  }
}
