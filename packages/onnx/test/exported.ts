import { cpu, createSoftmax, type Host, uniform } from '@softmax/core';
import { OPERATIONS } from '@softmax/core/operations';
import { onnx } from 'onnx-proto';
import * as ort from 'onnxruntime-node';
import { toOnnx } from '../src/index.ts';
import type { Export } from './exports.ts';
import { random } from './random.ts';

type Values = {
  readonly data: Float32Array | Float64Array | Uint8Array | BigInt64Array;
  readonly shape: number[];
};

/** A model as an independent reader reads it. */
export const decoded = (bytes: Uint8Array): ReturnType<typeof onnx.ModelProto.toObject> =>
  onnx.ModelProto.toObject(onnx.ModelProto.decode(bytes), { longs: Number, defaults: true });

interface Info {
  readonly name: string;
  readonly type: {
    tensorType: { elemType: number; shape: { dim: { dimValue?: number; dimParam?: string }[] } };
  };
}

/** Values for every input of the model: named dimensions have lengths by their place; all classes but 1 are allowed. */
function inputsOf(
  model: Uint8Array,
  { operation, options: { axis, ignoreIndex = -100 } }: Export,
): { readonly [name: string]: Values } {
  const classAxis = typeof axis === 'number' ? axis : -1;
  const labels = [0n, 2n, BigInt(Number(ignoreIndex)), 2n];
  const lengths = new Map<string, number>();
  // The same numbers whatever the model is made of: sums over rows may cancel by chance.
  const next = random(JSON.stringify([operation, axis, ignoreIndex]).split('').reduce(hashed, 5));
  const drawn = (name: string, k: number) =>
    operation === 'hierarchicalSample' && name === 'noise' ? uniform(SEED, 0, k) : positive(name, next());
  const inputs: Info[] = decoded(model)['graph'].input;
  const shapeOf = ({ type }: Info) =>
    type.tensorType.shape.dim.map(({ dimParam, dimValue }) => {
      if (!dimParam) return Number(dimValue);
      if (!lengths.has(dimParam)) lengths.set(dimParam, [3, 5, 2, 4][lengths.size] ?? 2);
      return lengths.get(dimParam) as number;
    });
  return Object.fromEntries(
    inputs.map((info) => {
      const shape = shapeOf(info);
      const size = shape.reduce((a, b) => a * b, 1);
      const classes = shape.at(classAxis) ?? 1;
      const inner = shape
        .slice((classAxis < 0 ? shape.length + classAxis : classAxis) + 1)
        .reduce((a, b) => a * b, 1);
      const draw: { readonly [type: number]: () => Values['data'] } = {
        1: () => Float32Array.from({ length: size }, (_, k) => drawn(info.name, k)),
        7: () =>
          BigInt64Array.from({ length: size }, (_, k) => labels[k % (info.name === 'target' ? 4 : 2)] ?? 0n),
        9: () => Uint8Array.from({ length: size }, (_, k) => Number(Math.floor(k / inner) % classes !== 1)),
        11: () => Float64Array.from({ length: size }, (_, k) => drawn(info.name, k)),
      };
      return [info.name, { data: (draw[info.type.tensorType.elemType] as () => Values['data'])(), shape }];
    }),
  );
}

const hashed = (hash: number, letter: string): number => Math.imul(hash, 31) + letter.charCodeAt(0);

/** Whose noise core draws itself. */
const SEED = 7;

/** Weights and temperatures are above 0. */
const positive = (name: string, share: number): number =>
  /weight|temperature|^[pq]$/i.test(name) ? 0.5 + share : 6 * share - 3;

/** The exported model on onnxruntime, and the reference, with the same inputs: what each result holds. */
export async function ran({
  operation,
  options,
}: Export): Promise<Map<string, { got: Host; expected: Host }>> {
  const model = toOnnx(operation, options as object);
  const inputs = inputsOf(model, { operation, options });
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3, intraOpNumThreads: 1 });
  const feeds = Object.entries(inputs).map(([name, { data, shape }]) => {
    const made =
      data instanceof Uint8Array ? new ort.Tensor('bool', data, shape) : new ort.Tensor(data, shape);
    return [name, made];
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  const expected = expectedOf({ operation, options }, inputs, session.outputNames);
  return new Map(
    Object.entries(expected).map(([name, tensor]) => [
      name,
      { got: results[name]?.data as Host, expected: tensor.data() },
    ]),
  );
}

const SETTINGS = ['shape', 'dtype', 'precision', 'opset', 'ir', 'names'];
type Results = { readonly [name: string]: { data(): Host } };

function expectedOf(
  { operation, options: given }: Export,
  inputs: { readonly [name: string]: Values },
  [only = '']: readonly string[],
): Results {
  const names: readonly string[] = OPERATIONS[operation].arguments;
  const own = Object.entries(given).filter(
    ([name, value]) => value !== 'input' && ![...SETTINGS, ...names].includes(name),
  );
  const fed = Object.entries(inputs).filter(([name]) => !names.includes(name) && !PARAMETER.test(name));
  const seeded = fed.filter(([name]) => !(operation === 'hierarchicalSample' && name === 'noise'));
  const seed = operation === 'hierarchicalSample' ? { seed: SEED } : {};
  const options = { ...Object.fromEntries([...own, ...seeded]), ...seed };
  const args = names.map((name) => {
    if (name === 'target' && given['target'] === 'probabilities') return { probabilities: inputs[name] };
    if (name === 'parameters') return parametersOf(given[name] as { readonly cutoffs: number[] }, inputs);
    return inputs[name] ?? given[name];
  });
  const method = createSoftmax(cpu())[operation] as (...args: unknown[]) => {
    readonly [name: string]: unknown;
  };
  const made = method(...args, options);
  return typeof made['data'] === 'function' ? { [only]: made as { data(): Host } } : (made as Results);
}

const PARAMETER = /^(head|headBias|projection\d|tail\d)$/;

/** The parameters of adaptive softmax that a model was given, or those that are part of it. */
function parametersOf(given: { readonly cutoffs: number[] }, inputs: { readonly [name: string]: Values }) {
  const { head, headBias } = inputs;
  const tails = given.cutoffs.map((_, i) => ({
    projection: inputs[`projection${i}`],
    weight: inputs[`tail${i}`],
  }));
  return head ? { cutoffs: given.cutoffs, head, ...(headBias && { headBias }), tails } : given;
}
