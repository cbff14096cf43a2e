/** Names a step, runs it, and says how long it took, or that it failed. */
export async function say<T>(step: string, run: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  process.stdout.write(`${step} … `);
  let ended = 'FAILED';
  try {
    const result = await run();
    ended = `${((performance.now() - start) / 1000).toFixed(1)} s`;
    return result;
  } finally {
    console.log(ended);
  }
}
