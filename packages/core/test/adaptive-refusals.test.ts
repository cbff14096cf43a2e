import { describe, expect, test } from 'vitest';
import { adaptiveLoss, cpu, createSoftmax, type Input } from '../src/index.ts';

describe('what is misspelt or not in order is refused, also in a tail that no target needs', () => {
  const tail = { projection: [[1]], weight: [[0], [0]] };
  const p = { cutoffs: [1], head: [[0], [0]], tails: [tail] };
  const wrong: readonly (readonly [string, object, string])[] = [
    ['a misspelt name', { ...p, bias: [0, 0] }, 'INVALID_OPTION'],
    ['a misspelt name in a tail', { ...p, tails: [{ ...tail, weights: [[0]] }] }, 'INVALID_OPTION'],
    ['no tail', { ...p, tails: [null] }, 'INVALID_OPTION'],
    ['no parameters', null as never, 'INVALID_OPTION'],
  ];
  test.each(wrong)('%s', (_, parameters, expected) => {
    const refused = expect.objectContaining({ name: 'SoftmaxError', code: expected });
    expect(() => adaptiveLoss([[1]], parameters as never, [0])).toThrow(refused);
  });

  test('a disposed and a foreign tensor', () => {
    const disposed = createSoftmax(cpu()).tensor([[1]]);
    disposed.dispose();
    const foreign = createSoftmax({ ...cpu(), memory: {} }).tensor([[1]]);
    const loss = (projection: Input) => () =>
      adaptiveLoss([[1]], { ...p, tails: [{ ...tail, projection }] }, [0]);
    expect(loss(disposed)).toThrow(expect.objectContaining({ code: 'DISPOSED' }));
    expect(loss(foreign)).toThrow(expect.objectContaining({ code: 'FOREIGN_TENSOR' }));
    const sm = createSoftmax(cpu());
    const grad = () => sm.adaptiveLossGrad([[1]], { ...p, tails: [{ ...tail, projection: foreign }] }, [0]);
    expect(grad).toThrow(expect.objectContaining({ code: 'FOREIGN_TENSOR' }));
  });
});
