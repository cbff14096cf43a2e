import { CANDIDATES, softmax } from '@softmax/cli';
import { agreement } from './agreement.ts';
import { drawing } from './drawing.ts';
import { LESSON_HEAD, lesson, type Taught } from './lesson.ts';
import { readDigits } from './read-digits.ts';
import { SAMPLE } from './sample.ts';
import { split } from './split.ts';

const ENOUGH = 0.9;
const say = (...lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`);

const sets = split(readDigits(), 2026);
say(
  'Handwritten digits, 28 × 28 pixels, learnt by softmax regression through each backend in turn:',
  `${sets.training.labels.length} to learn from, ${sets.unseen.labels.length} unseen; crossEntropyGrad gives loss and gradient.`,
  '',
  LESSON_HEAD,
);
const taught: Taught[] = [];
for (const candidate of CANDIDATES) {
  const one = await lesson(candidate, sets, taught[0]?.model, (text) => process.stdout.write(text));
  if (one) taught.push(one);
}

say('', 'Largest difference on the same unseen logits, in float32 numbers that lie between:', '');
say(...agreement(taught));

const [first] = taught;
if (first)
  say('', `Unseen, as read by ${first.name}:`, '', ...drawing(sets.unseen, first.outputs.probabilities));

say('', 'A sample of the conformance plan: operations with their gradients, on every backend.', '');
const checked = await softmax(SAMPLE);
say('', 'The whole plan, which takes minutes:  node apps/cli/dist/main.js check --compact');

const poor = taught.filter(({ accuracy }) => accuracy < ENOUGH);
for (const { name } of poor)
  process.stderr.write(`${name} reads fewer than ${ENOUGH * 100} % of the unseen digits\n`);
process.exitCode = poor.length > 0 || taught.length === 0 ? 1 : checked;
