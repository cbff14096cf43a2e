import { type Case, needs, type Trial } from '../case.ts';
import { round } from '../float.ts';
import { judge, type Measure, worst } from '../judge.ts';
import { distribution } from '../oracle/distribution.ts';
import { LOGITS, random, seedOf } from '../random.ts';
import { read, shaped } from '../trial.ts';

async function measured(trial: Trial, x: readonly number[], where: string): Promise<Measure> {
  const shape = [x.length];
  const expected = distribution({ x, shape, dtype: 'float32' }, 'softmax');
  const y = await trial.softmax.softmax(shaped(x, shape, 'float32'));
  return judge(await read(y, 'float32', shape), expected, trial, where);
}

export const softmax: readonly Case[] = Object.entries(LOGITS).map(([name, logits]) => ({
  category: 'accuracy',
  op: 'softmax',
  name: `float32-${name}`,
  mistake: 'the rounding error of x − max, or of a float32 sum',
  needs: needs('softmax'),
  async run(trial) {
    const measures: Measure[] = [];
    const next = random(seedOf(trial.seed, name));
    for (let n = 1; n <= 64; n += 1) {
      const x = logits(n, next).map((v) => round(v, 'float32'));
      measures.push(await measured(trial, x, `n = ${n}`));
    }
    return worst(measures);
  },
}));
