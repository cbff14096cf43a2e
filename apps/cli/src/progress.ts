import { type Options, Presets, SingleBar } from 'cli-progress';
import type { Output } from './streams.ts';

/** How far a backend is. */
export interface Progress {
  step(done: number, total: number, failed: number): void;
  end(): void;
}

/** A bar with the time left on a terminal; elsewhere nothing. */
export const progress = (to: Output, name: string): Progress =>
  to.isTTY ? bar(to, name) : { step() {}, end() {} };

function bar(stream: Output, name: string): Progress {
  const options: Options = {
    stream,
    format: `${name} {bar} {percentage} % · {value} of {total} · {failed} failed · {eta_formatted} left`,
    barsize: 24,
    clearOnComplete: true,
  };
  const made = new SingleBar(options, Presets.shades_classic);
  let started = false;
  return {
    step(done, total, failed) {
      if (!started) made.start(total, 0, { failed });
      started = true;
      made.update(done, { failed });
    },
    end: () => made.stop(),
  };
}
