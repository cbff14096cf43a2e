import { LOOKS } from './waiting.ts';

/**
 * What a worker runs, as text: a path to a file would need a bundler's help. It has the pool's module on the pool's
 * memory, and solves what is posted in its slot: the index of an export, the number of arguments, which member of how
 * many it is (0 until that is known, which state 5 tells), where the states are, the arguments.
 */
export const SOURCE: string = `
const serve = ({ module, memory, names, control, meeting, slot, values }, ready) => {
  const state = new Int32Array(control), job = new Float64Array(control, values);
  const change = (words, at, value) => {
    for (let look = 0; look < ${LOOKS}; look++) if (Atomics.load(words, at) !== value) return;
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
    if (Atomics.add(meeting, 0, 1) + 1 === job[3]) {
      Atomics.store(meeting, 0, 0);
      move();
    } else change(meeting, 16, met);
    check();
  };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, barrier } });
  ready();
  for (;;) {
    const seen = Atomics.load(state, slot);
    if (seen !== 1 || Atomics.compareExchange(state, slot, 1, 2) !== 1) {
      change(state, slot, seen);
      continue;
    }
    if (job[3] === 0) change(state, slot, 2);
    let end = 3;
    try {
      exports.team(job[2], job[3], job[3] > 1 ? job[4] : 0);
      exports[names[job[0]]](...job.subarray(5, 5 + job[1]));
    } catch {
      end = 4;
      if (job[3] > 1) {
        Atomics.store(meeting, 32, 1);
        move();
      }
    }
    Atomics.store(state, slot, end);
    Atomics.notify(state, slot);
  }
};
if (typeof require === 'function') {
  const { parentPort, workerData } = require('node:worker_threads');
  serve(workerData, () => parentPort.postMessage(0));
} else onmessage = ({ data }) => serve(data, () => postMessage(0));
`;
