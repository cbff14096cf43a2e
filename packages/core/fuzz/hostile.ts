import { cpu, createSoftmax, Tensor } from '@softmax/core';

/** Random choices. */
export interface Random {
  readonly below: (n: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

export function choices(random: () => number): Random {
  const below = (n: number) => Math.floor(random() * n);
  return { below, pick: (list) => list[below(list.length)] as never };
}

/** Values that an argument or an option must refuse, or take, without harm; each made anew. */
export const HOSTILE: readonly ((random: Random) => unknown)[] = [
  ...[null, undefined, true, '', 'x'.repeat(3_000_000), Symbol('s'), 2n, -(2n ** 3000n), Number.NaN].map(
    (value) => () => value,
  ),
  ...[-1, -0, 0.5, 2 ** 31, 2 ** 53, 1e300, Number.POSITIVE_INFINITY, '1', '__proto__', 'constructor'].map(
    (value) => () => value,
  ),
  () => () => 1,
  () => new Date(0),
  () => new Map([['temperature', 2]]),
  () => new Set([1, 2]),
  () => Object.create(null),
  () => Object.create(Tensor.prototype),
  () => Object.assign(Object.create(Tensor.prototype), { dtype: 'float32', shape: [2, 3] }),
  () => new Proxy(createSoftmax(cpu()).tensor([1, 2]), {}),
  () => ({ constructor: { name: Symbol('s') } }),
  () => ({ toString: null, valueOf: null }),
  () => ({ [Symbol.toPrimitive]: thrower('toPrimitive') }),
  ...['data', 'shape', 'length', 'probabilities', 'constructor', 'cutoffs', 'temperature', 'axis'].map(
    (name) => () => Object.defineProperty({}, name, { enumerable: true, get: thrower(name) }),
  ),
  () => Object.defineProperty([1, 2, 3], 1, { get: thrower('1') }),
  () => throwsUndefined(),
  ({ pick }) => new Proxy(pick([{}, [], [[1, 2]]]), { get: thrower('get') }),
  () => new Proxy({}, { ownKeys: thrower('ownKeys'), has: thrower('has') }),
  () => new Proxy({}, { getPrototypeOf: thrower('getPrototypeOf') }),
  () => revoked([]),
  () => revoked({}),
  () => growing(),
  cyclic,
  () => ({ data: cyclic({ below: () => 0 } as never), shape: [2] }),
  ({ pick }) => shared(pick([1, 9, 30, 40, 62, 70]), [1, 2]),
  ({ pick }) => shared(pick([1, 9, 30, 40, 62, 70]), []),
  ({ below }) => nested(60 + below(10)),
  () => nested(100_000),
  ({ pick }) => new Array(pick([1, 2, 3, 6, 2 ** 20, 2 ** 27 + 1, 2 ** 32 - 1])),
  () => Object.assign(new Array(2 ** 32 - 1), { 0: 1 }),
  () => [[1, 2, 3], [4, 5], 6],
  () => [1, [2, [3]], 4],
  () => [Float32Array.of(1, 2, 3), [1, [2], 3]],
  () => [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))],
  () => new DataView(new ArrayBuffer(8)),
  () => new ArrayBuffer(8),
  () => new SharedArrayBuffer(8),
  () => Uint16Array.of(1, 2, 3, 4, 5, 6),
  () => new Float32Array(new SharedArrayBuffer(24)),
  detached,
  (random) => [detached(random), detached(random)],
  (random) => ({ data: detached(random), shape: [0, 3] }),
  (random) => ({ data: detached(random), shape: [2, 3] }),
  shrunk,
  (random) => ({ data: shrunk(random), shape: [2, 3] }),
  () => Object.defineProperty(new Float32Array(6), 'length', { value: 2 ** 40 }),
  () => Object.defineProperty(new Float32Array(6), 'constructor', { value: thrower('constructor') }),
  () => Object.defineProperty(new Uint8Array(6), Symbol.toStringTag, { value: 'Float64Array' }),
  () => Object.defineProperty(new Float32Array(6), Symbol.toStringTag, { get: thrower('tag') }),
  () => new Stubborn(new ArrayBuffer(24)),
  (random) => ({
    data: new Float32Array(random.pick([0, 1, 6])),
    [random.pick(['shape', 'dims'])]: shape(random),
  }),
  (random) => ({
    data: new Float32Array(6),
    shape: shape(random),
    stride: shape(random),
    offset: random.below(9),
  }),
  () => ({ data: [1], shape: [2 ** 16, 2 ** 16], stride: [0, 0] }),
  () => ({ data: [1, 2], shape: [2], stride: { length: 2 ** 40 } }),
  () => ({ data: [1, 2], shape: [2], stride: new Array(2 ** 32 - 1) }),
  () => ({ data: [1, 2], shape: [2], offset: 1n }),
  ({ pick }) => ({
    data: [1, 2],
    dtype: pick<unknown>(['bfloat16', 'x'.repeat(1e6), 7, {}, thrower('dtype')]),
  }),
  shape,
  () => ({ probabilities: null }),
  () => ({ cutoffs: new Array(1), head: [[1, 2]], tails: new Array(1) }),
  () => ({ cutoffs: [2 ** 53], head: [[1, 2]], tails: [{}] }),
];

const thrower = (what: string) => (): never => {
  throw new EvalError(`the trap of ${what}`);
};

const throwsUndefined = () => ({
  get data(): never {
    // An error need not be one.
    throw undefined;
  },
});

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

/** An array that is longer each time that its length is read. */
function growing(): unknown {
  let length = 1;
  return new Proxy([1], {
    get: (target, name) => (name === 'length' ? length++ : Reflect.get(target, name)),
  });
}

function cyclic({ below }: Random): unknown {
  const list: unknown[] = [];
  let inner: unknown = list;
  for (let k = below(3); k > 0; k--) inner = [inner];
  list.push(inner);
  return list;
}

/** A list whose two items are one list, and so on down: 2^levels values in a few bytes. */
function shared(levels: number, leaf: unknown): unknown {
  let list = leaf;
  for (let k = 0; k < levels; k++) list = [list, list];
  return list;
}

function nested(levels: number): unknown {
  let list: unknown = 1;
  for (let k = 0; k < levels; k++) list = [list];
  return list;
}

function detached({ pick }: Random): ArrayBufferView {
  const values = pick([new Float32Array(6), new Float64Array(6), new Uint8Array(6), new BigInt64Array(6)]);
  structuredClone(values, { transfer: [values.buffer] });
  return values;
}

type Resizable = ArrayBuffer & { resize(bytes: number): void };

/** An array that its buffer has no longer space for. */
function shrunk({ pick }: Random): ArrayBufferView {
  const Buffer = ArrayBuffer as unknown as new (bytes: number, options: object) => Resizable;
  const buffer = new Buffer(64, { maxByteLength: 64 });
  const values = pick([new Float32Array(buffer, 8, 6), new Float64Array(buffer, 16, 6)]);
  buffer.resize(8);
  return values;
}

class Stubborn extends Float32Array {
  static get [Symbol.species](): never {
    throw new EvalError('the trap of species');
  }
}

/** A shape that is none, or of no tensor that there can be. */
function shape({ pick }: Random): unknown {
  return pick<unknown>([
    [2 ** 53 - 1, 0],
    [0, 2 ** 40],
    [0, 2 ** 32, 2],
    [1e200, 1e200],
    [-0],
    [-1, -6],
    [6n],
    ['6'],
    [Number.NaN],
    [2, 3, 1.5],
    new Array(2),
    new Array(2 ** 32 - 1),
    new Array(65).fill(1),
    new Array(100_000).fill(1),
    Int32Array.of(6),
    { length: 1, 0: 6 },
    growing(),
    revoked([]),
    nested(100),
    [Symbol('s')],
    6,
    '6',
    null,
  ]);
}
