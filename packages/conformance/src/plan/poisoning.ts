import type { Backend, DType, Host, KernelTable, Mode, SeededNoise } from '@softmax/core';

type Buffers = { readonly [output: string]: unknown };
type AnyKernel = (problem: object, inputs: object) => Buffers | Promise<Buffers>;
/** Yields values that may have to be awaited, and is resumed with each. */
type Steps<T> = Generator<unknown, T, never>;

/** Clean memory: zeros, as in new memory. */
const CLEAN = 0;
/**
 * The words that fill memory. One has all bits set, which is NaN in every float type and −1 as a
 * class. The other is large and finite in every float type (65 504, 2.7e36, 1.1e289), and true as a
 * mask.
 */
const POISONS = [0xffffffff, 0x7bff7bff];

/**
 * Returns the backend with every kernel run on clean memory and again on memory filled with NaN and
 * with large numbers; throws if any bit of a result differs. A backend fills its memory by its
 * `poison`. Without it, arrays of poison with the sizes of its results are uploaded and freed
 * before each run, so the backend finds them if it reuses memory.
 *
 * @example
 * ```ts
 * const sm = createSoftmax(poisoned(await wasm()));
 * ```
 */
export function poisoned<B, M extends Mode>(backend: Backend<B, M>): Backend<B, M> {
  const on = backend as Backend<unknown, Mode>;
  const drive = on.mode === 'sync' ? now : later;
  const wrap =
    (name: string, kernel: AnyKernel): AnyKernel =>
    (problem, inputs) =>
      drive(compared(on, name, () => kernel(problem, inputs))) as Buffers;
  const kernels = Object.entries(on.kernels).map(([name, kernel]) => [
    name,
    kernel && wrap(name, kernel as AnyKernel),
  ]);
  const { gumbelNoise } = on;
  // Noise is generated at once in either mode, and only a synchronous backend can compare it there.
  const noise = (of: SeededNoise): unknown =>
    on.mode === 'sync' && gumbelNoise
      ? now(compared(on, 'gumbelNoise', () => ({ noise: gumbelNoise(of) })))['noise']
      : gumbelNoise?.(of);
  return {
    ...on,
    kernels: Object.fromEntries(kernels) as KernelTable<unknown, Mode>,
    gumbelNoise: gumbelNoise && noise,
    upload: (data, dtype) => on.upload(data, dtype),
    download: (buffer) => on.download(buffer),
    free: (buffer) => on.free(buffer),
  } as Backend<unknown, Mode> as Backend<B, M>;
}

function* compared(
  on: Backend<unknown, Mode>,
  name: string,
  run: () => Buffers | Promise<Buffers>,
): Steps<Buffers> {
  try {
    on.poison?.(CLEAN);
    const clean = (yield run()) as Buffers;
    const expected = yield* valuesOf(on, clean);
    for (const word of POISONS) {
      if (on.poison) on.poison(word);
      else for (const data of Object.values(expected)) leave(on, data, word);
      const outputs = (yield run()) as Buffers;
      const values = yield* valuesOf(on, outputs);
      for (const buffer of Object.values(outputs)) on.free(buffer);
      const differing = Object.keys(expected).find(
        (output) => !sameBits(values[output] as Host, expected[output] as Host),
      );
      if (differing === undefined) continue;
      for (const buffer of Object.values(clean)) on.free(buffer);
      throw new Error(difference(name, differing, expected, values, word));
    }
    return clean;
  } finally {
    on.poison?.(undefined);
  }
}

/** Copies of the values of results. */
function* valuesOf(on: Backend<unknown, Mode>, buffers: Buffers): Steps<{ readonly [output: string]: Host }> {
  const values: { [output: string]: Host } = {};
  for (const [output, buffer] of Object.entries(buffers))
    values[output] = ((yield on.download(buffer)) as Host).slice() as Host;
  return values;
}

function sameBits(a: Host, b: Host): boolean {
  const [x, y] = [a, b].map((v) => new Uint8Array(v.buffer, v.byteOffset, v.byteLength)) as [
    Uint8Array,
    Uint8Array,
  ];
  if (x.length !== y.length) return false;
  for (let k = 0; k < x.length; k++) if (x[k] !== y[k]) return false;
  return true;
}

/** Leaves a freed array of poison for memory reuse. */
function leave(on: Backend<unknown, Mode>, like: Host, word: number): void {
  const data = new (like.constructor as new (length: number) => Host)(like.length);
  const bytes = new Uint8Array(data.buffer);
  for (let k = 0; k < bytes.length; k++) bytes[k] = word >>> (8 * (k % 4));
  on.free(on.upload(data, dtypeOf(data)));
}

function dtypeOf(data: Host): DType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Int32Array) return 'int32';
  return data instanceof Uint16Array ? 'float16' : 'bool';
}

function difference(
  kernel: string,
  output: string,
  expected: { readonly [output: string]: Host },
  values: { readonly [output: string]: Host },
  word: number,
): string {
  const [clean, other] = [expected[output] as Host, values[output] as Host];
  const at = clean.findIndex((v, k) => !Object.is(v, other[k]));
  const found = at < 0 ? 'other bits of a NaN' : `${other[at]} instead of ${clean[at]} at [${at}]`;
  return `${kernel}: ${output} depends on what memory held before: ${found} where that was 0x${word.toString(16)}`;
}

function now<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next(step.value as never);
  return step.value;
}

async function later<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value as never);
  }
  return step.value;
}
