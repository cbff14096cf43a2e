import { type Backend, createSoftmax, gumbelNoise, type Mode } from '@softmax/core';

/** How fast a backend takes rows of one length. */
export interface Lap {
  readonly backend: string;
  /** The length of the rows. */
  readonly n: number;
  /** Millions of logits in a second, at the median time. */
  readonly speed: number;
}

/** So many numbers in each run, whatever the length of a row. */
const SIZE = 2 ** 16;
const LENGTHS = [2 ** 4, 2 ** 7, 2 ** 10, 2 ** 13, 2 ** 16];
/** At least so many runs, for at least so many milliseconds; fewer runs where those take longer than it is fun to wait. */
const RUNS = 7;
const TIME = 150;
const FEW = 3;
const LONG = 1000;

/** Times softmax of float32 rows that lie on the backend, until the probabilities are back in JavaScript. */
export async function race<B, M extends Mode>(
  backend: Backend<B, M>,
  onLap: (lap: Lap) => void,
): Promise<void> {
  const on = createSoftmax(backend as Backend<unknown, Mode>);
  const { data } = gumbelNoise(SIZE, { seed: 1, dtype: 'float32' });
  for (const n of LENGTHS) {
    using x = on.tensor(data, [SIZE / n, n]);
    const times: number[] = [];
    const start = performance.now();
    // The first run compiles, and does not count.
    for (let run = -1; ; run++) {
      const before = performance.now();
      const spent = before - start;
      if (run >= (spent < LONG ? RUNS : FEW) && spent >= TIME) break;
      using y = await on.softmax(x);
      await y.data();
      if (run >= 0) times.push(performance.now() - before);
    }
    onLap({ backend: backend.name, n, speed: SIZE / median(times) / 1000 });
  }
}

const median = (times: number[]): number =>
  times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
