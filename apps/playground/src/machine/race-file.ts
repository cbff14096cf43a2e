import { type BenchResults, type TaskResult, timingOf } from '@softmax/cli/measure';
import { CHOICES } from './backends.ts';
import { browser } from './browser.ts';
import { type Lap, LENGTHS, PACE, SIZE } from './lap.ts';

/**
 * The same results as `softmax bench --json` writes. Here one backend runs after the other, so that a ratio is not that of
 * rounds that met the same spell of the machine.
 */
export function raceOf(
  { date, absent }: Pick<BenchResults, 'date' | 'absent'>,
  laps: readonly Lap[],
): BenchResults {
  const { warmUp, turn, rounds } = PACE;
  return {
    format: 1,
    date,
    machine: { runtime: browser(), cpu: 'unknown', cpus: navigator.hardwareConcurrency },
    pace: { warmUp, turn, rounds },
    systems: CHOICES.filter(({ name }) => laps.some(({ backend }) => backend === name)).map(
      ({ name, threads = 1 }) => ({ name, threads }),
    ),
    absent: [...absent, ...notHere()],
    tasks: LENGTHS.flatMap((n) => taskOf(n, laps)),
    weights: [],
  };
}

const notHere = (): BenchResults['absent'] =>
  CHOICES.flatMap(({ name, missing }) => {
    const reason = missing?.();
    return reason === undefined ? [] : [{ system: name, reason }];
  });

function taskOf(n: number, laps: readonly Lap[]): TaskResult[] {
  const own = laps.filter((lap) => lap.n === n);
  const [first] = own;
  if (!first) return [];
  const timings = own.map((lap) => timingOf(lap.backend, lap, first, lap.ulp));
  return [{ op: 'softmax', size: `${SIZE / n}×${n}`, n, elements: SIZE, timings }];
}
