import { signal } from '@preact/signals';
import type { Course, Learnt, LessonNews } from './lesson-messages.ts';

export const losses = signal<readonly { readonly epoch: number; readonly loss: number }[]>([]);
export const learnt = signal<Learnt | undefined>(undefined);
export const said = signal('');
export const learning = signal(false);

/** Learns in a worker, so that the page stays alive. */
export function learn(course: Course): void {
  [losses.value, learnt.value, learning.value, said.value] = [[], undefined, true, 'Learning'];
  const worker = new Worker(new URL('./lesson-worker.ts', import.meta.url), { type: 'module' });
  const end = (text: string): void => {
    said.value = text;
    learning.value = false;
    worker.terminate();
  };
  worker.onmessage = ({ data }: MessageEvent<LessonNews>) => {
    if (data.kind === 'loss') losses.value = [...losses.value, data];
    if (data.kind === 'fault') end(data.message);
    if (data.kind === 'learnt') {
      learnt.value = data.learnt;
      end('Learnt');
    }
  };
  worker.onerror = (event) => end(event.message || 'The lesson did not start.');
  worker.postMessage(course);
}
