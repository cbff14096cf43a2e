import { errorOf } from './error.ts';
import { interleave, type Pace, type Turns } from './interleave.ts';
import type { BenchOp, Size } from './plan.ts';
import { type BenchResults, machine, type TaskResult, type Weight } from './results.ts';
import type { OpenSystem, Prepared, System } from './system.ts';
import { taskOf } from './task.ts';
import { timingOf } from './timing.ts';

export interface Race {
  readonly systems: readonly System[];
  readonly tasks: readonly { readonly op: BenchOp; readonly size: Size }[];
  readonly pace: Pace;
  /** Hears of each task as it is done. */
  readonly heard: (task: TaskResult) => void;
  readonly weigh?: () => Promise<readonly Weight[]>;
}

type Named = readonly [name: string, open: OpenSystem, threads: number];

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] as string;

/** Runs the tasks one after the other, in each of them every system that has the operation, in turns. */
export async function race({ systems, tasks, pace, heard, weigh }: Race): Promise<BenchResults> {
  const open: Named[] = [];
  const absent: { system: string; reason: string }[] = [];
  try {
    for (const system of systems)
      try {
        open.push([system.name, await system.open(), system.threads ?? 1]);
      } catch (error) {
        absent.push({ system: system.name, reason: reasonOf(error) });
      }
    const done: TaskResult[] = [];
    for (const { op, size } of tasks) {
      const missed = (system: string, error: unknown) =>
        absent.push({ system: `${system}: ${op} ${size.name}`, reason: reasonOf(error) });
      const result = await taskRace(op, size, open, pace, missed);
      if (result.timings.length === 0) continue;
      done.push(result);
      heard(result);
    }
    let weights: readonly Weight[] = [];
    try {
      weights = (await weigh?.()) ?? [];
    } catch (error) {
      absent.push({ system: 'start and size', reason: reasonOf(error) });
    }
    const versions = open.map(([name, { version }, threads]) => ({
      name,
      threads,
      ...(version !== undefined && { version }),
    }));
    const { warmUp, turn, rounds } = pace;
    return {
      format: 1,
      date: new Date().toISOString(),
      machine: machine(),
      pace: { warmUp, turn, rounds },
      systems: versions,
      absent,
      tasks: done,
      weights,
    };
  } finally {
    for (const [, system] of open) await system.close?.();
  }
}

/** The same turn until it fails, which it tells; from then on it takes for ever, and the others play on. */
function unlessFailed(turn: Prepared['turn'], fail: (error: unknown) => void): Prepared['turn'] {
  let failed = false;
  return async (calls) => {
    try {
      if (!failed) return await turn(calls);
    } catch (error) {
      failed = true;
      fail(error);
    }
    return Number.POSITIVE_INFINITY;
  };
}

async function taskRace(
  op: BenchOp,
  size: Size,
  systems: readonly Named[],
  pace: Pace,
  missed: (system: string, error: unknown) => void,
): Promise<TaskResult> {
  const task = taskOf(op, size);
  const entered: { readonly name: string; readonly prepared: Prepared; readonly ulp: number | null }[] = [];
  try {
    for (const [name, system] of systems) {
      let prepared: Prepared | null = null;
      try {
        prepared = await system.prepare(task);
        const result = await prepared?.result();
        if (prepared) entered.push({ name, prepared, ulp: result ? errorOf(task, result) : null });
      } catch (error) {
        await prepared?.dispose?.();
        missed(name, error);
      }
    }
    const failed = new Set<string>();
    const fail = (name: string, error: unknown) => {
      failed.add(name);
      missed(name, error);
    };
    const turns = await interleave(
      entered.map(({ name, prepared }) => ({
        name,
        turn: unlessFailed(prepared.turn, (error) => fail(name, error)),
      })),
      pace,
    );
    const ended = entered.flatMap(({ name, ulp }, k) =>
      failed.has(name) ? [] : [{ name, ulp, turns: turns[k] as Turns }],
    );
    const timings = ended.map((each) =>
      timingOf(each.name, each.turns, (ended[0] as { turns: Turns }).turns, each.ulp),
    );
    return { op, size: size.name, n: size.n, elements: task.x.length, timings };
  } finally {
    for (const { prepared } of entered) await prepared.dispose?.();
  }
}
