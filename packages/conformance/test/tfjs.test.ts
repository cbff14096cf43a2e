import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../src/index.ts';
import { tfjsBackend } from './tfjs/backend.ts';
import * as tfjs from './tfjs/stand-in.ts';

type Said = readonly (number | string)[];
interface Outputs {
  readonly tfjs: string;
  readonly cases: readonly { readonly [name: string]: Said }[];
}

const path = join(import.meta.dirname, '..', 'vectors', 'tfjs.json');
const { tfjs: version, cases } = JSON.parse(readFileSync(path, 'utf8')) as Outputs;
const row = (said: Said = []): Float32Array => Float32Array.from(said, Number);

describe(`the stand-in is TensorFlow.js ${version} to the bit`, () => {
  test.each(cases.map((each) => [`${each['x']?.slice(0, 3)}, n = ${each['x']?.length}`, each] as const))(
    '%s',
    (_, each) => {
      const [x, dy] = [row(each['x']), row(each['dy'])];
      const label = x.length >> 1;
      const found = {
        softmax: tfjs.softmax(x),
        softmaxGrad: tfjs.softmaxGrad(x, dy),
        logSoftmax: tfjs.logSoftmax(x),
        logSoftmaxGrad: tfjs.logSoftmaxGrad(x, dy),
        logSumExp: Float32Array.of(tfjs.logSumExp(x)),
        crossEntropy: Float32Array.of(tfjs.crossEntropy(x, label)),
        crossEntropyOfNoClass: Float32Array.of(tfjs.crossEntropy(x, label + x.length + 4)),
        crossEntropySmoothed: Float32Array.of(tfjs.crossEntropy(x, label, 0.125)),
        crossEntropyGrad: tfjs.crossEntropyGrad(x, label),
      };
      for (const [name, values] of Object.entries(found))
        expect(
          Array.from(values, (v) => v + 0),
          name,
        ).toEqual(Array.from(row(each[name]), (v) => v + 0));
    },
  );
});

test('as a backend it fails where it should', async () => {
  const ops = ['softmax', 'softmin', 'logSoftmax', 'logSumExp', 'crossEntropy'] as const;
  const categories = ['special', 'known', 'accuracy', 'law'] as const;
  const { checks } = await check(tfjsBackend(), { quick: true, ops, categories });
  const failed = checks.filter(({ status }) => status === 'failed').map(({ id }) => id);
  // What it is known for: rows of −∞, masks of −1e9, no digits left where one logit dominates, 0·(−∞).
  for (const id of [
    'special/log-softmax/masked-at-every-place',
    'special/softmax/row-masked-out',
    'special/softmax/temperature-after-the-max',
    'special/log-sum-exp/nothing-possible',
    'special/cross-entropy/confident-and-right',
    'special/cross-entropy/minus-infinity-off-target',
    'accuracy/log-softmax/one-dominant',
  ])
    expect(failed).toContain(id);
});
