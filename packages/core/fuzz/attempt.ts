import * as core from '@softmax/core';
import { type Backend, type Mode, SoftmaxError } from '@softmax/core';
import * as ops from '@softmax/core/ops';
import { HOSTILE, type Random } from './hostile.ts';

type Call = (...args: unknown[]) => unknown;

const tree = core.balancedTree(3);
const X = [
  [1, 2, 3],
  [4, 5, 6],
];
const VALUES: { readonly [argument: string]: unknown } = {
  x: X,
  dy: X,
  target: [0, 2],
  p: X,
  q: X,
  a: X,
  b: X,
  dp: [1, 2],
  h: X,
  weight: X.slice(0, tree.rows),
  tree,
  k: 2,
  classes: [0, 2],
  depth: 3,
  parameters: { cutoffs: [1], head: X, tails: [{ projection: [[1, 2, 3]], weight: [[1], [2]] }] },
};

/** The arguments of each operation; `options` come last. */
const ARGUMENTS: { readonly [argument: string]: RegExp } = {
  'h weight target tree': /^hierarchical(Loss|LogProb)(Grad)?$/,
  'h weight tree': /^hierarchicalSoftmax$/,
  'h weight tree dy': /^hierarchicalSoftmaxGrad$/,
  'h weight tree k': /^hierarchicalTopK$/,
  'h weight tree sampled': /^hierarchicalSample$/,
  'h parameters target': /^adaptive(Loss|LogProb)(Grad)?$/,
  'h parameters': /^adaptiveSoftmax$/,
  'h parameters dy': /^adaptiveSoftmaxGrad$/,
  'x target': /^(crossEntropy|nllLoss|entmaxLoss|sparsemaxLoss)(Grad)?$/,
  'p q': /^klDivergence$/,
  'p q dp': /^klDivergenceGrad$/,
  'p dp': /^entropyGrad$/,
  'a b': /^logAddExp$/,
  'a b dy': /^logAddExpGrad$/,
  'x dp': /^log(Sum|Mean)ExpGrad$/,
  'classes depth': /^oneHot$/,
  'x k sampled': /^sampleWithoutReplacement$/,
  'x sampled': /^(sample|gumbelSoftmax)$/,
  'x dy sampled': /^gumbelSoftmaxGrad$/,
  'x dy': /Grad$/,
  x: /./,
};

/** What takes values of a user and is no operation. */
const FUNCTIONS: { readonly [name: string]: readonly [Call, ...unknown[]] } = {
  huffmanTree: [core.huffmanTree as Call, [1, 2, 3]],
  treeOf: [core.treeOf as Call, [3, 3, 4, 4, -1]],
  nestedTree: [core.nestedTree as Call, [[0, 1], 2]],
  balancedTree: [core.balancedTree as Call, 3, 2],
  gumbelNoise: [core.gumbelNoise as Call, [2, 3], { seed: 1 }],
  uniform: [core.uniform as Call, 1, 2, 3],
  gumbel: [core.gumbel as Call, 1, 2, 3],
  fitTemperature: [core.fitTemperature as Call, X, [0, 2], {}],
  expectedCalibrationError: [core.expectedCalibrationError as Call, X, [0, 2], { logits: true }],
  'rowState.of': [core.rowState.of as Call, [1, 2, 3]],
  createSoftmax: [core.createSoftmax as Call, core.cpu()],
};

/** Inputs here are calls. */
export interface FuzzTarget {
  make(random: () => number): () => Promise<void>;
  run(call: () => Promise<void>): Promise<void>;
}

/** One call with one value that it does not expect. */
interface Unexpected {
  readonly name: string;
  readonly call: () => unknown;
}

function unexpected(backend: Backend<unknown, Mode>, { pick, below }: Random): Unexpected {
  const sm = core.createSoftmax(backend) as unknown as Record<string, Call>;
  const own: [string, Call, unknown[]][] = Object.keys(ops).map((name) => {
    const [names = ''] = Object.entries(ARGUMENTS).find(([, pattern]) => pattern.test(name)) ?? [];
    const words = names.split(' ');
    const args = words.map((word) => (word === 'sampled' ? { seed: 1 } : VALUES[word]));
    return [name, sm[name] as Call, words.includes('sampled') || words[0] === 'a' ? args : [...args, {}]];
  });
  const tensor: [string, Call, unknown[]] = ['tensor', sm['tensor'] as Call, [X, [3, 2], 'float32']];
  const others = Object.entries(FUNCTIONS).map(
    ([name, [call, ...args]]) => [name, call, args] as [string, Call, unknown[]],
  );
  const [name, call, valid] = pick([...own, ...own, tensor, tensor, ...others]);
  const args = [...valid];
  const place = below(args.length);
  const hostile = HOSTILE[below(HOSTILE.length)] as (random: Random) => unknown;
  const value = hostile({ pick, below });
  const options = args[place];
  const isOptions = place > 0 && Object.getPrototypeOf(Object(options)) === Object.prototype;
  if (!isOptions || below(4) === 0) args[place] = value;
  else args[place] = { ...(options as object), [pick(optionsOf(call, args, place))]: value };
  return { name: `${name}, argument ${place}`, call: () => call(...args) };
}

/** The options that a function knows, as its error says. */
function optionsOf(call: Call, args: readonly unknown[], place: number): readonly string[] {
  try {
    Promise.resolve(call(...args.with(place, { '?': 1 }))).catch(() => {});
  } catch (error) {
    return (error as SoftmaxError).allowed.split(', ');
  }
  return OPTIONS;
}
const OPTIONS = [
  'axis',
  'dtype',
  'mask',
  'temperature',
  'sink',
  'noise',
  'target',
  'tokenWeight',
  'weight',
  'b',
];

/**
 * A call of a function of core with a value that it does not expect. It must give a result or throw a SoftmaxError, and
 * leave nothing in the backend's memory.
 *
 * @param used the bytes, or buffers, that the backend has in use
 */
export function attempt(
  on: { readonly backend: Backend<unknown, Mode>; readonly used: () => number },
  random: Random,
): () => Promise<void> {
  const { name, call } = unexpected(on.backend, random);
  return async () => {
    const before = on.used();
    try {
      const result = (await call()) as object | undefined;
      const tensors = result instanceof core.Tensor ? [result] : Object.values(result ?? {});
      for (const each of tensors) if (each instanceof core.Tensor) each.dispose();
    } catch (error) {
      const problem = problemOf(error);
      if (problem) throw new Error(`${name}: ${problem}`, { cause: error });
    }
    if (on.used() !== before) throw new Error(`${name}: left ${on.used() - before} behind`);
  };
}

function problemOf(error: unknown): string | undefined {
  if (!(error instanceof SoftmaxError)) return `threw ${String(error).slice(0, 200)}`;
  const { code, given, allowed, message } = error;
  if (!code || typeof given !== 'string' || !allowed) return `an error without its parts: ${message}`;
  return message.length > 10_000 ? `a message of ${message.length} characters` : undefined;
}
