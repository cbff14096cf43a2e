import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { softmax } from '@softmax/core';
import * as ort from 'onnxruntime-node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { appendHead } from '../src/index.ts';
import { VALID } from './valid-models.ts';
import { pieces } from './wire.ts';

const X = Float32Array.of(1, -1, 0.5, 0.25);
// x·W + y
const LOGITS = [
  [-2.5, -3.5, -3],
  [2, 1.75, 3],
];
const GRAPH = 7;
const OUTPUT = 12;

/** The fields of the model but its graph, and those of its graph, but the output that goes. */
function partsOf(model: Uint8Array, gone?: string) {
  const all = pieces(model);
  const graph = all.filter(({ field }) => field === GRAPH).flatMap(({ body }) => pieces(body));
  const name = ({ body }: { body: Uint8Array }) => Buffer.from(pieces(body)[0]?.body ?? []).toString();
  return {
    model: all.filter(({ field }) => field !== GRAPH).map(({ raw }) => raw),
    graph: graph.filter((each) => !(each.field === OUTPUT && name(each) === gone)).map(({ raw }) => raw),
  };
}

/** Those of the first that are in the second, in its order: the first itself where nothing was lost, changed or moved. */
function keptIn(before: readonly string[], after: readonly string[]): readonly string[] {
  let at = 0;
  return before.filter((raw) => {
    const found = after.indexOf(raw, at);
    at = Math.max(at, found + 1);
    return found >= 0;
  });
}

describe.each(VALID)('$what', ({ model, weights = new Uint8Array() }) => {
  test.each([{ keep: false }, { keep: true }])(
    'every field stays as it was, byte for byte: keep $keep',
    ({ keep }) => {
      const before = partsOf(model, keep ? undefined : 'logits');
      const after = partsOf(appendHead(model, 'logits', 'softmax', { keep }));
      expect(keptIn(before.model, after.model)).toEqual(before.model);
      expect(keptIn(before.graph, after.graph)).toEqual(before.graph);
    },
  );

  test('it runs with the head', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'softmax-onnx-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'weights.bin'), weights);
    const names = { y: 'probabilities' };
    await writeFile(join(folder, 'model.onnx'), appendHead(model, 'logits', 'softmax', { names }));
    const session = await ort.InferenceSession.create(join(folder, 'model.onnx'), { logSeverityLevel: 4 });
    const { probabilities } = await session.run({ x: new ort.Tensor(X, [2, 2]) });
    await session.release();
    const expected = [...softmax(LOGITS).data()];
    expect(
      Array.from(probabilities?.data as Float32Array, (p, k) => Math.abs(p - (expected[k] ?? 0)) < 1e-6),
    ).toEqual(expected.map(() => true));
  });
});

test('a name inside a training is taken', () => {
  const { model } = VALID.find(({ what }) => what.startsWith('a training')) ?? { model: new Uint8Array() };
  const text = Buffer.from(appendHead(model, 'logits', 'crossEntropy')).toString('latin1');
  expect(text).toContain('target_1');
});
