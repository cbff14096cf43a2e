import { run } from './runs.ts';

// A worker of the page: one part of the plan, and its report or what went wrong.
addEventListener('message', async ({ data: { backend, options } }) => {
  postMessage(
    await run(backend, options).then(
      (report) => ({ report }),
      (error: unknown) => ({ error }),
    ),
  );
});
