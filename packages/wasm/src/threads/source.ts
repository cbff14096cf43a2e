/**
 * What a worker runs, as text: a path to a file would need a bundler's help. It has the pool's module on the pool's
 * memory, and solves what is posted in its slot: the index of an export, the number of arguments, the arguments.
 */
export const SOURCE = `
const serve = ({ module, memory, names, control, slot, values }, ready) => {
  const state = new Int32Array(control), job = new Float64Array(control, values);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  ready();
  for (;;) {
    const seen = Atomics.load(state, slot);
    if (seen !== 1 || Atomics.compareExchange(state, slot, 1, 2) !== 1) {
      Atomics.wait(state, slot, seen);
      continue;
    }
    let end = 3;
    try {
      exports[names[job[0]]](...job.subarray(2, 2 + job[1]));
    } catch {
      end = 4;
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
