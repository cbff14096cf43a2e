// Writes every model that the tests export, at each opset that python3-onnx 1.12 knows, to the folder that is named.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendHead, toOnnx } from '../src/index.ts';
import { EXPORTS, nameOf } from '../test/exports.ts';
import { VALID } from '../test/valid-models.ts';

const folder = process.argv[2] ?? 'exports';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
/** What adds at places needs opset 16. */
const ADDS = /^(hierarchical(SoftmaxGrad|Loss|LogProb)|adaptive(Loss|LogProb))/;
let count = 0;
const write = (name: string, model: Uint8Array, before?: Uint8Array) => {
  const file = `${String(count++).padStart(4, '0')}-${name.replaceAll(/[^\w.-]+/g, '_').slice(0, 100)}`;
  writeFileSync(join(folder, `${file}.onnx`), model);
  if (before) writeFileSync(join(folder, `${file}.before`), before);
};
for (const opset of [13, 14, 15, 16, 17])
  for (const each of EXPORTS.filter(({ operation }) => opset >= 16 || !ADDS.test(operation)))
    write(
      `${opset}-${nameOf(each)}`,
      toOnnx(each.operation, { ...each.options, opset, ir: opset < 15 ? 7 : 8 }),
    );
for (const operation of ['softmax', 'logSoftmax', 'logSumExp', 'crossEntropyGrad', 'entmax'] as const)
  write(`half-${operation}`, toOnnx(operation, { dtype: 'float16' }));
write('appended', appendHead(toOnnx('logSoftmax'), 'y', 'crossEntropy', { labelSmoothing: 0.1, keep: true }));
for (const { what, model, weights } of VALID) {
  write(`onto ${what}`, appendHead(model, 'logits', 'crossEntropyGrad', { keep: true }), model);
  if (weights) writeFileSync(join(folder, 'weights.bin'), weights);
}
console.log(`${count} models`);
