import fc from 'fast-check';
import { FORMATS } from '../../judge/float.ts';
import { must, outputs, same } from '../../judge/outputs.ts';
import type { Case } from '../../plan/case.ts';
import { grid, law } from '../../plan/law.ts';
import { shaped } from '../../plan/trial.ts';

const smoothing = fc.constantFrom(0, 0.125, 0.5);
const first = async (pending: unknown): Promise<number> => (await outputs(pending))[0]?.data[0] ?? Number.NaN;

export const laws: readonly Case[] = [
  law({
    op: 'nllLoss',
    name: 'of-log-softmax-is-cross-entropy',
    mistake: 'a loss that is not the cross-entropy of the logits',
    of: fc.tuple(grid, fc.nat(), smoothing),
    needs: { kernels: ['nllLoss', 'logSoftmax', 'crossEntropy'], dtypes: ['float32'] },
    async holds({ softmax }, [x, at, labelSmoothing]) {
      const [input, target] = [shaped(x, [1, x.length], 'float32'), [at % x.length]];
      const log = await softmax.logSoftmax(input);
      const a = await first(softmax.nllLoss(log, target, { labelSmoothing }));
      log.dispose();
      const b = await first(softmax.crossEntropy(input, target, { labelSmoothing }));
      must(Math.abs(a - b) <= 64 * FORMATS.float32.eps * Math.max(1, b), `${a}, by crossEntropy ${b}`);
    },
  }),
];

export const lawsGrad: readonly Case[] = [
  law({
    op: 'nllLossGrad',
    name: 'is-the-same-everywhere',
    mistake: 'a gradient that depends on x: the loss is linear in it',
    of: fc.tuple(grid, fc.nat(), smoothing),
    async holds({ softmax }, [x, at, labelSmoothing]) {
      const [shape, target] = [[1, x.length], [at % x.length]];
      const here = await outputs(
        softmax.nllLossGrad(shaped(x, shape, 'float32'), target, { labelSmoothing }),
      );
      const there = await outputs(
        softmax.nllLossGrad(
          shaped(
            x.map((v) => -v - 1),
            shape,
            'float32',
          ),
          target,
          { labelSmoothing },
        ),
      );
      same(here.slice(1), there.slice(1), 'dx');
    },
  }),
];
