import { signal } from '@preact/signals';
import type { BenchResults } from '@softmax/cli/measure';
import type { BackendReport, CheckOptions } from '@softmax/conformance';
import type { BackendName } from './backends.ts';
import { type Lap, speedOf } from './lap.ts';
import type { News, Task } from './messages.ts';

/** How far a backend is. */
export interface Standing {
  readonly share?: number;
  readonly text: string;
  readonly bad?: boolean;
}

export const standings = signal<{ readonly [backend: string]: Standing }>({});
export const reports = signal<readonly BackendReport[]>([]);
export const laps = signal<readonly Lap[]>([]);
/** When the race began, and who did not end it. */
export const raced = signal<Pick<BenchResults, 'date' | 'absent'>>({ date: '', absent: [] });
export const running = signal(false);
/** What the reports were asked for. */
export const asked = signal<{ readonly date: string; readonly options: Task['options'] }>({
  date: '',
  options: {},
});

const set = (backend: string, standing: Standing): void => {
  standings.value = { ...standings.value, [backend]: standing };
};

const STOPPED: Standing = { text: 'stopped' };

let worker: Worker | undefined;
let giveUp: (() => void) | undefined;

/** Runs the backends one after the other, each in a fresh worker: none disturbs another, and all can be stopped. */
export async function start(
  work: Task['work'],
  backends: readonly BackendName[],
  options: Pick<CheckOptions, 'quick' | 'ops'>,
): Promise<void> {
  running.value = true;
  standings.value = Object.fromEntries(backends.map((name) => [name, { text: 'waits' }]));
  const date = new Date().toISOString();
  if (work === 'check') {
    reports.value = [];
    asked.value = { date, options };
  } else {
    laps.value = [];
    raced.value = { date, absent: [] };
  }
  for (const backend of backends) {
    const task = { backend, work, options };
    if (running.value) await runOne(task);
    else miss(task, STOPPED);
  }
  running.value = false;
}

/** Ends what runs. */
export function stop(): void {
  running.value = false;
  worker?.terminate();
  giveUp?.();
}

function runOne(task: Task): Promise<void> {
  const { backend } = task;
  set(backend, { text: 'starts', share: 0 });
  const own = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker = own;
  return new Promise<void>((resolve) => {
    giveUp = () => {
      miss(task, STOPPED);
      resolve();
    };
    own.onmessage = ({ data }: MessageEvent<News>) => {
      hear(task, data);
      if (data.kind === 'end' || data.kind === 'fault') resolve();
    };
    own.onerror = (event) => {
      miss(task, { text: event.message || 'did not start', bad: true });
      resolve();
    };
    own.postMessage(task);
  }).finally(() => own.terminate());
}

/** A backend has not done its task. */
function miss({ backend, work }: Task, standing: Standing): void {
  set(backend, standing);
  if (work === 'check') return;
  const { date, absent } = raced.value;
  raced.value = { date, absent: [...absent, { system: backend, reason: standing.text }] };
}

function hear(task: Task, news: News): void {
  const { backend } = task;
  if (news.kind === 'step') {
    const { done, total, failed } = news;
    set(backend, { share: done / total, text: `${done} of ${total} checks`, bad: failed > 0 });
  }
  if (news.kind === 'report') {
    reports.value = [...reports.value, news.report];
    set(backend, verdictOf(news.report));
  }
  if (news.kind === 'lap') {
    laps.value = [...laps.value, news.lap];
    set(backend, { text: `rows of ${news.lap.n}: ${speedOf(news.lap).toFixed(1)} million/s` });
  }
  if (news.kind === 'fault') miss(task, { text: news.message, bad: true });
}

function verdictOf({ checks, milliseconds, claims }: BackendReport): Standing {
  const count = (wanted: string) => checks.filter(({ status }) => status === wanted).length;
  const [failed, refused] = [count('failed'), count('refused')];
  const took = `${(milliseconds / 1000).toFixed(1)} s`;
  return failed > 0
    ? { text: `${failed} of ${checks.length} checks failed, ${took}`, bad: true }
    : {
        text:
          refused > 0
            ? `${checks.length - refused} checks passed at level ${claims}, ${refused} refused, of an operation or a type that it has not; ${took}`
            : `all ${checks.length} checks passed at level ${claims}, ${took}`,
      };
}
