import { cpu } from '@softmax/core';
import { logits, softmaxOn, split, take, train } from 'digits';
import type { Course, LessonNews } from './lesson-messages.ts';
import { loadDigits } from './load-digits.ts';

/** So many points make a curve; a batch alone is noise. */
const POINTS = 120;
const SEED = 2026;

const tell = (news: LessonNews): void => postMessage(news);

async function learn({ size, epochs }: Course): Promise<void> {
  const { training, unseen } = split(await loadDigits(), SEED);
  const own = take(
    training,
    Array.from({ length: size }, (_, k) => k),
  );
  let seen = 0;
  let sum = 0;
  let count = 0;
  const onBatch = (loss: number, digits: number): void => {
    seen += digits;
    sum += loss * digits;
    count += digits;
    if (count < (size * epochs) / POINTS) return;
    tell({ kind: 'loss', epoch: seen / size, loss: sum / count });
    sum = 0;
    count = 0;
  };
  const model = await train(softmaxOn(cpu()), own, { seed: 1, epochs, onBatch });
  tell({ kind: 'learnt', learnt: { unseen, logits: logits(model, unseen) } });
}

addEventListener('message', ({ data }: MessageEvent<Course>) => {
  learn(data).catch((error: unknown) =>
    tell({ kind: 'fault', message: error instanceof Error ? error.message : String(error) }),
  );
});
