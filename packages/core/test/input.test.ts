import { describe, expect, test } from 'vitest';
import {
  cpu,
  createSoftmax,
  crossEntropy,
  crossEntropyGrad,
  expectedCalibrationError,
  type HostInput,
  logSumExp,
  softmax,
  toFloat16,
} from '../src/index.ts';

const sm = createSoftmax(cpu());
const code = (value: string) => expect.objectContaining({ name: 'SoftmaxError', code: value });

describe('every way to hold the same numbers gives the same values and the right type', () => {
  const bits = Uint16Array.from([1, 2, 3, 4], toFloat16);
  const forms: readonly (readonly [string, HostInput, 'float16' | 'float32' | 'float64'])[] = [
    [
      'numbers are doubles',
      [
        [1, 2],
        [3, 4],
      ],
      'float64',
    ],
    ['typed rows', [Float32Array.of(1, 2), Float32Array.of(3, 4)], 'float32'],
    ['Float32Array with a shape', { data: Float32Array.of(1, 2, 3, 4), shape: [2, 2] }, 'float32'],
    ['Float64Array with a shape', { data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] }, 'float64'],
    ['integers become float32', { data: Int8Array.of(1, 2, 3, 4), shape: [2, 2] }, 'float32'],
    ['64-bit integers too', { data: BigInt64Array.of(1n, 2n, 3n, 4n), shape: [2, 2] }, 'float32'],
    ['float16 bits', { data: bits, shape: [2, 2], dtype: 'float16' }, 'float16'],
    ['uint16 integers', { data: Uint16Array.of(1, 2, 3, 4), shape: [2, 2], dtype: 'uint16' }, 'float32'],
    [
      'an onnxruntime tensor',
      { data: Float32Array.of(1, 2, 3, 4), dims: [2, 2], type: 'float32' },
      'float32',
    ],
    ['an onnxruntime float16 tensor', { data: bits, dims: [2, 2], type: 'float16' }, 'float16'],
    [
      'a strided ndarray',
      { data: Float32Array.of(9, 1, 3, 2, 4), shape: [2, 2], stride: [1, 2], offset: 1 },
      'float32',
    ],
    ['numbers with a stated type', { data: [1, 2, 3, 4], shape: [2, 2], dtype: 'float32' }, 'float32'],
    ['numbers said to be integers', { data: [1, 2, 3, 4], shape: [2, 2], dtype: 'int32' }, 'float32'],
    [
      'doubles said to be integers',
      { data: Float64Array.of(1, 2, 3, 4), dims: [2, 2], type: 'int64' },
      'float32',
    ],
    [
      'integers said to be doubles',
      { data: Int8Array.of(1, 2, 3, 4), shape: [2, 2], dtype: 'float64' },
      'float64',
    ],
    ['bigints with a shape', { data: [1n, 2n, 3n, 4n], shape: [2, 2] }, 'float32'],
    ['the plain array of an ndarray', { data: [1, 2, 3, 4], shape: [2, 2], dtype: 'array' }, 'float64'],
  ];
  test.each(forms)('%s', (_, input, dtype) => {
    const x = sm.tensor(input);
    expect(x.toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect([x.dtype, x.shape]).toEqual([dtype, [2, 2]]);
    const held = { float16: Uint16Array, float32: Float32Array, float64: Float64Array }[dtype];
    expect(x.data()).toBeInstanceOf(held);
  });
});

test('a Float16Array is float16, where the runtime has it', () => {
  const Float16 = 'Float16Array' in globalThis ? Float16Array : undefined;
  // Node 24 has it, and the tests run there; Node 20 does not.
  const x = Float16
    ? sm.tensor(new Float16([1, 0.5]))
    : sm.tensor({ data: Uint16Array.of(0x3c00, 0x3800), dtype: 'float16' });
  expect([x.dtype, x.toArray()]).toEqual(['float16', [1, 0.5]]);
});

test('booleans and bigints in plain arrays are integers', () => {
  expect(sm.tensor([true, false]).dtype).toBe('float32');
  expect(sm.tensor({ data: [true, false], shape: [2] }).dtype).toBe('float32');
  expect(sm.tensor([1n, 2n]).toArray()).toEqual([1, 2]);
});

describe('what holds no numbers, or not in one shape, is refused', () => {
  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['a string', '1', 'INVALID_INPUT'],
    ['null', null, 'INVALID_INPUT'],
    ['undefined', undefined, 'INVALID_INPUT'],
    ['strings in an array', ['1', '2'], 'INVALID_INPUT'],
    ['holes', new Array(3), 'INVALID_INPUT'],
    ['an object without data', { shape: [1] }, 'INVALID_INPUT'],
    ['a DataView', new DataView(new ArrayBuffer(4)), 'INVALID_INPUT'],
    ['ragged rows', [[1, 2], [3]], 'INVALID_SHAPE'],
    ['a number among rows', [[1, 2], 3], 'INVALID_SHAPE'],
    ['a row among numbers', [1, [2]], 'INVALID_SHAPE'],
    ['a shape of another size', { data: [1, 2, 3], shape: [2, 2] }, 'INVALID_SHAPE'],
    ['a negative size', { data: [1], shape: [-1, -1] }, 'INVALID_SHAPE'],
    ['a shape that is no list', { data: [1], shape: 1 }, 'INVALID_SHAPE'],
    ['strides that leave the values', { data: [1, 2, 3, 4], shape: [2, 2], stride: [2, 2] }, 'INVALID_SHAPE'],
    ['as many strides as axes', { data: [1, 2, 3, 4], shape: [2, 2], stride: [2] }, 'INVALID_SHAPE'],
    ['rows of bits or integers', [Uint16Array.of(1, 2)], 'INVALID_DTYPE'],
    ['bits or integers, nobody can tell', Uint16Array.of(1, 2), 'INVALID_DTYPE'],
    ['bits said to be another float', { data: Uint16Array.of(1, 2), dtype: 'float32' }, 'INVALID_DTYPE'],
    ['a stated type that is none', { data: [1, 2], dtype: 'single' }, 'INVALID_DTYPE'],
    ['a stated type that is not held', { data: Uint16Array.of(1), dtype: 'bfloat16' }, 'INVALID_DTYPE'],
    ['a stated type that is no word', { data: [1, 2], dtype: 32 }, 'INVALID_DTYPE'],
  ];
  test.each(wrong)('%s', (_, input, expected) => {
    expect(() => softmax(input as HostInput)).toThrow(code(expected));
  });
});

test('a misspelt option is not silently without effect', () => {
  expect(() => softmax([1, 2], { axes: 0 } as object)).toThrow(code('INVALID_OPTION'));
});

test('null is no value of an option, but for the axis', () => {
  for (const name of ['temperature', 'mask', 'emptyRow', 'softcap'])
    expect(() => softmax([1, 2], { [name]: null } as object)).toThrow(code('INVALID_OPTION'));
  expect(softmax([0, 0], { axis: null }).toArray()).toEqual([0.5, 0.5]);
});

test('a type that the backend does not hold is refused before anything is uploaded', () => {
  const narrow = createSoftmax({ ...cpu(), dtypes: ['float32'] });
  expect(() => narrow.tensor([1, 2])).toThrow(code('UNSUPPORTED'));
});

test('options that are no object are refused', () => {
  for (const options of [null, 1, 'axis'])
    expect(() => softmax([1, 2], options as never)).toThrow(code('INVALID_OPTION'));
});

test('an error says what was given and what is allowed', () => {
  expect(() => softmax([1, 2], { temperature: -1 })).toThrow(
    expect.objectContaining({
      message: 'temperature: got -1; allowed: a number in [0, Infinity]',
      code: 'INVALID_OPTION',
      given: '-1',
      allowed: 'a number in [0, Infinity]',
    }),
  );
});

test('the input is never changed and never kept', () => {
  const data = Float64Array.of(1, 2, 3);
  const x = sm.tensor(data);
  sm.softmax(data);
  expect([...data]).toEqual([1, 2, 3]);
  data.fill(9);
  expect(x.toArray()).toEqual([1, 2, 3]);
});

test('labels of 16 bits are integers', () => {
  expect(crossEntropy([[0, 0]], Uint16Array.of(1)).toArray()).toBe(Math.LN2);
});

test('a soft cap that float32 cannot hold is refused, not turned off', () => {
  for (const softcap of [1e39, 1e-50])
    expect(() => softmax(Float32Array.of(1, 2), { softcap })).toThrow(code('INVALID_OPTION'));
});

test('a word is no boolean, and null is no object', () => {
  expect(() => logSumExp([[1]], { keepDims: 'false' as never })).toThrow(code('INVALID_OPTION'));
  expect(() => crossEntropyGrad([[1]], [0], null as never)).toThrow(code('INVALID_OPTION'));
});

test('a row that is masked out entirely adds nothing to a loss of probabilities', () => {
  const probabilities = [
    [0.5, 0.5],
    [0.5, 0.5],
  ];
  const mask = [
    [false, false],
    [true, true],
  ];
  const x = [
    [1, 2],
    [0, 0],
  ];
  const { loss, dx } = crossEntropyGrad(x, { probabilities }, { mask, reduction: 'sum' });
  expect(loss.toArray()).toBe(Math.LN2);
  expect(dx.toArray()).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('a fraction is no label to ignore, for calibration either', () => {
  const call = () => expectedCalibrationError([[0.5, 0.5]], [0], { ignoreIndex: 0.5 });
  expect(call).toThrow(code('INVALID_OPTION'));
});
