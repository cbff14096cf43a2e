import { setImmediate as turn } from 'node:timers/promises';
import { randomOf } from './random.ts';
import { targetsOf } from './target.ts';

/** What the process is started with. */
export interface Work {
  readonly module: string;
  readonly name: string;
  readonly seed: number;
  readonly from: number;
  readonly to: number;
}

/** What it reports after each input. */
export interface Outcome {
  readonly index: number;
  readonly problem?: string;
  /** The largest resident memory of the process so far, in MB. */
  readonly megabytes: number;
}

const { module, name, seed, from, to } = JSON.parse(process.argv[2] ?? '') as Work;
const target = (await targetsOf(module))[name];
if (!target) throw new Error(`${module} has no target ${name}`);

let problem: string | undefined;
const failed = (error: unknown): void => {
  problem ??= error instanceof Error ? (error.stack ?? error.message) : String(error);
};
// An error outside every promise that the target awaits is a crash of whoever uses the code.
process.on('uncaughtException', failed);
process.on('unhandledRejection', failed);

const report = (outcome: Outcome | { readonly ready: true }): Promise<void> =>
  new Promise((resolve) => process.send?.(outcome, undefined, undefined, () => resolve()));

await report({ ready: true });
for (let index = from; index < to; index++) {
  problem = undefined;
  const input = target.make(randomOf(seed, name, index), index) as never;
  try {
    await target.run(input);
  } catch (error) {
    failed(error);
  }
  // Late errors of streams come in the next turn.
  await turn();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  await report({ index, megabytes, ...(problem !== undefined && { problem }) });
}
process.disconnect();
