import { LINE } from './job.ts';
import { IDLE_LOOKS, LOOKS } from './waiting.ts';

/**
 * What a worker runs, as text: a path to a file would need a bundler's help. It has the pool's module on the pool's
 * memory, and solves tiles of the job when its slot tells it to; a job without shares is a team's, of which it becomes
 * a member in state 5.
 */
export const SOURCE: string = `
const serve = ({ module, memory, names, job, next, meeting, slot, thread }, ready) => {
  const change = (words, at, value, looks = ${LOOKS}) => {
    for (let look = 0; look < looks; look++) if (Atomics.load(words, at) !== value) return;
    while (Atomics.load(words, at) === value) Atomics.wait(words, at, value);
  };
  const move = () => {
    Atomics.add(meeting, 16, 1);
    Atomics.notify(meeting, 16);
  };
  const check = () => {
    if (Atomics.load(meeting, 32)) throw 0;
  };
  const barrier = () => {
    const met = Atomics.load(meeting, 16);
    check();
    if (Atomics.add(meeting, 0, 1) + 1 === slot[2]) {
      Atomics.store(meeting, 0, 0);
      move();
    } else change(meeting, 16, met);
    check();
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, barrier } });
  const calls = names.map((name) => exports[name]);
  const run = (tile) => {
    const per = job[2], i = tile % per, o = (tile - i) / per;
    for (let step = job[5], at = 6; step--; ) {
      const call = calls[job[at]], args = [], end = at + 2 + 5 * job[at + 1];
      for (at += 2; at < end; at += 5)
        args.push((i + 1 < per ? job[at] + i * job[at + 2] : job[at + 1]) + o * job[at + 3] + thread * job[at + 4]);
      call(...args);
    }
  };
  ready();
  for (;;) {
    const seen = Atomics.load(slot, 0);
    if (seen !== 1 || Atomics.compareExchange(slot, 0, 1, 2) !== 1) {
      change(slot, 0, seen, ${IDLE_LOOKS});
      continue;
    }
    const [count, shares] = job;
    let members = 1, end = 3;
    try {
      if (shares) {
        exports.team(0, 1, 0);
        for (let k = 0; k < shares; k++) {
          const share = (thread + k) % shares, last = Math.floor(count * (share + 1) / shares);
          for (let tile; (tile = Atomics.add(next, share * ${LINE}, 1)) < last; ) run(tile);
        }
      } else {
        change(slot, 0, 2);
        members = slot[2];
        exports.team(slot[1], members, members > 1 ? job[3] : 0);
        run(count);
      }
    } catch {
      end = 4;
      if (members > 1) {
        Atomics.store(meeting, 32, 1);
        move();
      }
    }
    Atomics.store(slot, 0, end);
    Atomics.notify(slot, 0);
  }
};
if (typeof require === 'function') {
  const { parentPort, workerData } = require('node:worker_threads');
  serve(workerData, () => parentPort.postMessage(0));
} else onmessage = ({ data }) => serve(data, () => postMessage(0));
`;
