import { errorOf, interleave, taskOf, timedAsync } from '@softmax/cli/measure';
import { type Backend, createSoftmax, type Mode } from '@softmax/core';
import { type Lap, LENGTHS, PACE, SIZE } from './lap.ts';

/** Times softmax of float32 rows that lie on the backend, until the probabilities are back in JavaScript. */
export async function race<B, M extends Mode>(
  backend: Backend<B, M>,
  onLap: (lap: Omit<Lap, 'backend'>) => void,
): Promise<void> {
  const on = createSoftmax(backend as Backend<unknown, Mode>);
  for (const n of LENGTHS) {
    const outer = SIZE / n;
    const task = taskOf('softmax', { name: `${outer}×${n}`, outer, n, inner: 1 });
    using x = on.tensor(task.x, task.shape);
    const run = async () => {
      using y = await on.softmax(x);
      return (await y.data()) as Float32Array;
    };
    const ulp = errorOf(task, await run());
    for (const turns of await interleave([{ name: backend.name, turn: timedAsync(run) }], PACE))
      onLap({ n, ulp, ...turns });
  }
}
