import fc from 'fast-check';
import { must } from '../../judge/outputs.ts';
import type { Backward, Forward } from '../../operations/entmax-loss.ts';
import type { Case } from '../../plan/case.ts';
import { grid, law } from '../../plan/law.ts';
import { read, shaped } from '../../plan/trial.ts';

const labelled = fc.tuple(grid, fc.nat()).map(([x, y]) => [x, y % x.length] as const);

export const laws = (op: Forward): readonly Case[] => [
  law({
    op,
    name: 'bounds',
    mistake: 'a loss below 0, or below what the scores lack of the maximum less 1',
    of: labelled,
    async holds({ softmax }, [x, y]) {
      const input = shaped(x, [1, x.length], 'float32');
      const [loss = Number.NaN] = await read(await softmax[op](input, [y]), 'float32', []);
      const gap = Math.max(...x) - (x[y] as number);
      // At p = e_max: ⟨p, x⟩ − x_y; the entropy adds at most 1/(α(α − 1)), 4/3 for α = 1.5.
      must(
        loss >= gap * (1 - 2 ** -20) && loss <= gap + 4 / 3 + 2 ** -17 * gap,
        `${loss} for a gap of ${gap}`,
      );
    },
  }),
  law({
    op,
    name: 'ignoring-removes',
    mistake: 'an ignored row that is in the mean',
    of: fc.tuple(labelled, fc.integer({ min: 1, max: 3 })),
    async holds({ softmax }, [[x, y], count]) {
      const rows = Array.from({ length: count + 1 }, (_, row) => x.map((v) => v * (row + 1))).flat();
      const all = shaped(rows, [count + 1, x.length], 'float32');
      const target = [y, ...new Array<number>(count).fill(-100)];
      const [loss] = await read(await softmax[op](all, target), 'float32', []);
      const [alone] = await read(await softmax[op](shaped(x, [1, x.length], 'float32'), [y]), 'float32', []);
      must(Object.is(loss, alone), `${loss}, alone ${alone}`);
    },
  }),
];

export const lawsGrad = (op: Backward): readonly Case[] => [
  law({
    op,
    name: 'is-p-without-the-target',
    mistake: 'a gradient of other probabilities than those of the operation',
    of: labelled,
    needs: {
      kernels: ['entmaxLossGrad', op === 'sparsemaxLossGrad' ? 'sparsemax' : 'entmax15'],
      dtypes: ['float32'],
    },
    async holds({ softmax }, [x, y]) {
      const shape = [1, x.length];
      const input = shaped(x, shape, 'float32');
      const { loss, dx } = await softmax[op](input, [y]);
      loss.dispose();
      const p = await (op === 'sparsemaxLossGrad' ? softmax.sparsemax(input) : softmax.entmax(input));
      const [got, wanted] = [await read(dx, 'float32', shape), await read(p, 'float32', shape)];
      for (const [k, v] of wanted.entries())
        must(
          Math.abs((got[k] as number) - (v - Number(k === y))) <= 2 ** -19,
          `dx[${k}] = ${got[k]}, p = ${v}`,
        );
    },
  }),
];
