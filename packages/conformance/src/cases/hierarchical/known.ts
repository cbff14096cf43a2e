import { balancedTree, type OpName } from '@softmax/core';
import { must } from '../../judge/outputs.ts';
import { type Case, needs } from '../../plan/case.ts';
import { answered } from './answers.ts';
import { ANSWERS } from './answers-of-clusters.ts';
import { TREES } from './answers-of-trees.ts';

const MILLION = 1_000_000;

const million: Case = {
  category: 'known',
  op: 'hierarchicalLossGrad',
  name: 'a-million-classes',
  mistake: 'anything of the size of the vocabulary: one target reads and writes 20 rows, in milliseconds',
  needs: needs('hierarchicalLossGrad'),
  async run({ softmax }) {
    const tree = balancedTree(MILLION);
    must(tree.rows === MILLION - 1 && tree.depth === 20, `${tree.rows} rows, depth ${tree.depth}`);
    const weight = softmax.tensor(new Float32Array(tree.rows), [tree.rows, 1]);
    const { loss, rows, dweight, dh, dbias } = await softmax.hierarchicalLossGrad(
      Float32Array.of(1),
      weight,
      MILLION - 1,
      tree,
    );
    const [l] = await loss.data();
    must(Math.abs((l as number) - 20 * Math.LN2) < 2e-6, `a loss of ${l}, not 20·ln 2`);
    const touched = Array.from(await rows.data(), Number);
    must(
      touched.length === 20 && touched.every((row, k) => k === 0 || row > (touched[k - 1] as number)),
      `rows ${touched}`,
    );
    must(`${dweight.shape}` === '20,1' && `${dbias.shape}` === '20', `dweight [${dweight.shape}]`);
    for (const tensor of [weight, loss, rows, dweight, dh, dbias]) tensor.dispose();
    return undefined;
  },
};

export const known = (op: OpName): readonly Case[] => [
  ...[...TREES, ...ANSWERS].filter(([of]) => of === op).map((each) => answered(each, op)),
  ...(op === 'hierarchicalLossGrad' ? [million] : []),
];
