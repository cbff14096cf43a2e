import { createRequire } from 'node:module';
import { gumbelNoise, type Host, type OpName, treeOf, uniform } from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import * as ort from 'onnxruntime-node';
import { toOnnx } from '../src/index.ts';

interface Given {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

export type Type = 'float32' | 'float64';
type Named = { readonly [name: string]: unknown };

/** Inputs and exact results of an operation, as @softmax/conformance carries them: made by mpmath. */
export interface Vector {
  readonly op: OpName;
  readonly name: string;
  readonly dtype?: 'float16';
  readonly inputs: Named;
  readonly options: Named;
  readonly expected: { readonly [name: string]: Given };
}

const require = createRequire(import.meta.url);
const all: readonly Vector[] = require('@softmax/conformance/vectors/operations.json').cases;

/** In float32 noise that is drawn is rounded before a model has it: of what is made of it only classes can be told. */
const isRounded = ({ op, options }: Vector): boolean => op === 'gumbelSoftmax' && 'seed' in options;

/** The vectors that are tried in each type; those of float16 in the wider one alone, which takes half the time. */
export const VECTORS: { readonly [T in Type]: readonly Vector[] } = {
  float32: all.filter((vector) => vector.dtype === undefined && !isRounded(vector)),
  float64: all,
};

const arrayOf = (values: readonly (number | string)[], dtype: Type) => {
  const numbers = values.map(Number);
  return dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers);
};

interface Apart {
  readonly vector: string;
  readonly result: string;
  readonly value: number;
  readonly got: number;
  /** |got − value| in eps of the value, or of what it is a sum of. */
  readonly eps: number;
}

const EPS = { float32: 2 ** -23, float64: 2 ** -52 };

/** How far each value that the model gives is from the exact one. */
export async function apart(vector: Vector, dtype: Type): Promise<readonly Apart[]> {
  const results = await ran(vector, dtype);
  return Object.entries(vector.expected).flatMap(([result, { data }]) => {
    const values = data.map(Number);
    const least = termOf(vector, values);
    return values.map((value, k) => {
      const got = Number(results[result]?.[k]);
      const unit = EPS[dtype] * Math.max(Math.abs(value), least);
      const eps = got === value ? 0 : Math.abs(got - value) / unit;
      return { vector: vector.name, result, value, got, eps };
    });
  });
}

/** The size of the terms of a result that is a sum: a logit of a log-sum, the largest of a gradient or a loss. */
function termOf({ op, inputs }: Vector, values: readonly number[]): number {
  const largest = (numbers: readonly (number | string)[]) =>
    Math.max(...numbers.map((each) => Math.abs(Number(each))));
  if (/^log\w+Exp$/.test(op))
    return Math.max(...Object.values(tensorsOf(inputs)).map(({ data }) => largest(data)));
  return /(Grad|Loss)$/.test(op) ? largest(values) : 0;
}

/** What the model of a vector's operation gives in onnxruntime, by the names of its results. */
async function ran(vector: Vector, dtype: Type): Promise<{ readonly [name: string]: Host }> {
  const { op, inputs, options } = vector;
  const tensors = { ...tensorsOf(inputs), ...tensorsOf(options), ...noiseOf(vector) };
  const { seed: _, stream: _stream, ...rest } = { ...inputs, ...options };
  const fixed = Object.entries(rest)
    .filter(([name]) => !(name in tensorsOf(inputs)))
    .map(([name, value]) => [name, name in tensors ? 'input' : constantOf(value, dtype)]);
  const [first = ''] = OPERATIONS[op].arguments;
  const shape = tensors[first]?.shape ?? [];
  const model = toOnnx(op, { ...Object.fromEntries(fixed), shape, dtype, precision: 'exact' });
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const feeds = session.inputNames.map((name) => [name, tensor(name, tensors[name] as Given, dtype)]);
  const found = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, data as Host]));
}

/** The tensors among arguments or options; lists are tensors too. */
const tensorsOf = (named: Named): { readonly [name: string]: Given } =>
  Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => {
      const given = Array.isArray(value) ? { data: value.flat(), shape: shapeOf(value) } : value;
      return isTensor(given) ? [[name, given]] : [];
    }),
  );

const isTensor = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && 'data' in value;

const shapeOf = (value: unknown): readonly number[] =>
  Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];

/** Trees and parameters are part of the model. */
function constantOf(value: unknown, dtype: Type): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => constantOf(each, dtype));
  if ('parents' in value) return treeOf(value.parents as number[]);
  if (isTensor(value)) return { data: arrayOf(value.data, dtype), shape: value.shape };
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, constantOf(each, dtype)]));
}

/** The noise that a seed stands for: a model takes it as an input. */
function noiseOf({ inputs, options: { seed, stream } }: Vector): { readonly [name: string]: Given } {
  if (seed === undefined) return {};
  const source = { seed: seed as number, stream: stream as number };
  const { x, h, tree } = inputs as { readonly x?: Given; readonly h?: Given; readonly tree?: unknown };
  if (x) return { noise: { shape: x.shape, data: [...gumbelNoise(x.shape, source).data] } };
  const shape = [h?.shape[0] ?? 0, (constantOf(tree, 'float64') as ReturnType<typeof treeOf>).depth];
  const size = shape.reduce((a, b) => a * b, 1);
  return {
    noise: { shape, data: Array.from({ length: size }, (_, k) => uniform(source.seed, source.stream, k)) },
  };
}

function tensor(name: string, { data, shape }: Given, dtype: Type): ort.Tensor {
  if (/^(target|classes)$/.test(name)) return new ort.Tensor(BigInt64Array.from(data, BigInt), [...shape]);
  return new ort.Tensor(arrayOf(data, dtype), [...shape]);
}
