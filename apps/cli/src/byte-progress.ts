import { Presets, SingleBar } from 'cli-progress';
import type { Source } from './formats/source.ts';
import type { Output } from './streams.ts';

/** How much of a file has been read. */
export interface ByteProgress {
  step(read: Source['read']): void;
  end(): void;
}

const MEGA = 1e6;

/** A bar with the rate and the time left on a terminal that nothing else writes to, where the size is known; elsewhere nothing. */
export const byteProgress = (to: Output, name: string, shared = false): ByteProgress =>
  to.isTTY && !shared ? bar(to, name) : { step() {}, end() {} };

function bar(stream: Output, name: string): ByteProgress {
  const format = `${name} {bar} {percentage} % · {rate} MB/s · {eta_formatted} left`;
  const made = new SingleBar({ stream, format, barsize: 24, clearOnComplete: true }, Presets.shades_classic);
  const begun = performance.now();
  let started = false;
  return {
    step(read) {
      if (!read) return;
      const [done, total] = [read.done / MEGA, read.total / MEGA];
      const rate = ((done * 1000) / Math.max(performance.now() - begun, 1)).toFixed(1);
      if (!started) made.start(total, 0, { rate });
      started = true;
      made.update(done, { rate });
    },
    end: () => made.stop(),
  };
}
