import { check } from '@softmax/conformance';
import type { News, Task } from './messages.ts';
import { OPEN } from './open-backend.ts';
import { race } from './race.ts';

/** A hundred messages a second are more than a progress bar can show. */
const PAUSE = 50;

const tell = (news: News): void => postMessage(news);

async function run({ backend, work, options }: Task): Promise<void> {
  const opened = await OPEN[backend]();
  if (work === 'race') {
    await opened.use((on) => race(on, (lap) => tell({ kind: 'lap', lap: { backend, ...lap } })));
    return;
  }
  let failed = 0;
  let said = 0;
  const onCheck = ({ status }: { readonly status: string }, done: number, total: number): void => {
    if (status === 'failed') failed++;
    if (performance.now() - said < PAUSE && done < total) return;
    said = performance.now();
    tell({ kind: 'step', done, total, failed });
  };
  tell({ kind: 'report', report: await opened.use((on) => check(on, { ...options, onCheck })) });
}

addEventListener('message', ({ data }: MessageEvent<Task>) => {
  run(data).then(
    () => tell({ kind: 'end' }),
    (error: unknown) =>
      tell({ kind: 'fault', message: error instanceof Error ? error.message : String(error) }),
  );
});
