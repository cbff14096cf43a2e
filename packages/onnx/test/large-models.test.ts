import { describe, expect, test } from 'vitest';
import { appendHead, toOnnx } from '../src/index.ts';
import { classifier, value } from './classifier.ts';

const refused = (code: string) => expect.objectContaining({ name: 'SoftmaxError', code });
const append = (model: Uint8Array) => appendHead(model, 'logits', 'softmax');
const milliseconds = (call: () => unknown) => {
  const start = performance.now();
  call();
  return performance.now() - start;
};

describe('a small model takes little time and memory, or is refused', () => {
  test('lengths that need a sample of 16^8 values', () => {
    const dims = new Array(8).fill(16);
    expect(() => append(classifier({ outputs: [value('logits', 1, dims)] }))).toThrow(
      refused('INVALID_SHAPE'),
    );
    expect(() => toOnnx('softmax', { shape: dims })).toThrow(refused('INVALID_SHAPE'));
  });

  test('more axes than a tensor has', () => {
    const dims = Array.from({ length: 20_000 }, (_, k) => `d${k}`);
    expect(() => append(classifier({ outputs: [value('logits', 1, dims)] }))).toThrow(
      refused('INVALID_SHAPE'),
    );
    expect(() => toOnnx('softmax', { shape: dims })).toThrow(refused('INVALID_OPTION'));
  });

  test('fields of two bytes', () => {
    const many = new Uint8Array([...classifier(), ...new Uint8Array(2 ** 21).fill(0x08)]);
    expect(() => append(many)).toThrow(refused('INVALID_MODEL'));
  });

  test('a name of megabytes', () => {
    const node = [{ opType: 'Identity', input: ['x'], output: ['x'.repeat(2 ** 20)] }];
    expect(() => append(classifier({ graph: { node } }))).toThrow(refused('INVALID_MODEL'));
  });

  test('every name that the head would take', () => {
    const taken = Array.from({ length: 20_000 }, (_, k) => `softmax${k ? `_${k}` : ''}/n`);
    const node = taken.map((name) => ({ opType: 'Identity', input: ['x'], output: [name] }));
    expect(milliseconds(() => append(classifier({ graph: { node } })))).toBeLessThan(2000);
  });

  test('subgraphs in one another', () => {
    let graph: object = { name: 'g' };
    for (let k = 0; k < 60; k++)
      graph = { name: 'g', node: [{ attribute: [{ name: 'b', type: 5, g: graph }] }] };
    expect(() => append(classifier({ graph }))).toThrow(refused('INVALID_MODEL'));
  });
});
