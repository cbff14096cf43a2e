import { describe, expect, test } from 'vitest';
import type { Call } from '../src/contract/call.ts';
import type { InputName, Operation } from '../src/contract/operation.ts';
import { cpu, cpuKernels, createSoftmax, nestedTree, type SoftmaxError } from '../src/index.ts';
import { OPERATIONS, type OpName } from '../src/operations.ts';
import * as lowering from '../src/ops/index.ts';

const LOWER: ReadonlyMap<string, unknown> = new Map(Object.entries(lowering));

const matrix = [
  [1, 2, 3],
  [0, 1, -1],
];
const weight = [
  [1, 0, 1],
  [0, 1, 0],
];
const parameters = {
  cutoffs: [1],
  head: weight,
  headBias: [0, 0],
  tails: [{ projection: [[1, 0, 1]], weight: [[1], [2]] }],
};
const VALUES: { readonly [N in InputName]?: unknown } = {
  x: matrix,
  a: matrix,
  b: matrix,
  p: matrix,
  q: matrix,
  h: matrix,
  target: [0, 1],
  classes: [0, 1],
  depth: 3,
  k: 2,
  weight,
  tree: nestedTree([[0, 1], 2]),
  parameters,
};

const call = (op: OpName, dy: unknown, options?: object): Call => {
  const { arguments: names } = OPERATIONS[op];
  const args = names.map((name) => (name === 'dy' ? dy : VALUES[name]));
  return (LOWER.get(op) as (...args: unknown[]) => never)(...args, ...(options ? [options] : []));
};

/** The seed of a draw, where the operation has need of one. */
const needed = ({ options }: Operation): object => (options.includes('seed') ? { seed: 1 } : {});

/** The cotangent that a gradient needs: of the shape of what it differentiates. */
function cotangent({ gradientOf }: Operation): unknown {
  if (gradientOf === undefined) return undefined;
  const forward = call(gradientOf as OpName, undefined, optionsOf(OPERATIONS[gradientOf as OpName]));
  const [result] = Object.values(forward.results) as { readonly shape: readonly number[] }[];
  const shape = result?.shape ?? [];
  return { data: new Float64Array(shape.reduce((a, b) => a * b, 1)), shape };
}
const optionsOf = (operation: Operation) => (operation.options.length > 0 ? needed(operation) : undefined);

describe.for(Object.entries(OPERATIONS) as [OpName, Operation][])('%s describes itself', ([op, own]) => {
  test('its arguments, kernel and results are those of a call', () => {
    const { kernel, results } = call(op, cotangent(own), optionsOf(own));
    expect(kernel).toBe(own.kernels[0]);
    // A log-probability is a loss of weight −1 to its kernel.
    const expected = own.results.map((name) =>
      name === 'logProbs' && kernel !== 'hierarchicalTopK' ? 'loss' : name,
    );
    const always = Object.keys(results).filter((name) => !/\d$/.test(name));
    expect(always).toEqual(expected);
  });

  test('its options are those that it knows', () => {
    if (own.options.length === 0) return;
    const refused = (() => {
      try {
        call(op, cotangent(own), { ...needed(own), misspelt: 1 });
      } catch (error) {
        return error as SoftmaxError;
      }
      return undefined;
    })();
    expect(refused?.code).toBe('INVALID_OPTION');
    expect(refused?.given).toBe('misspelt');
    expect(refused?.allowed.split(', ').sort()).toEqual([...own.options].sort());
  });

  test('it needs no other kernel than it names', () => {
    const kernels = Object.fromEntries(own.kernels.map((name) => [name, cpuKernels[name]]));
    const sm = createSoftmax({ ...cpu(), kernels });
    const { arguments: names } = own;
    const dy = cotangent(own);
    const args = names.map((name) => (name === 'dy' ? dy : VALUES[name]));
    const options = optionsOf(own);
    expect(() =>
      (sm[op] as (...args: unknown[]) => unknown)(...args, ...(options ? [options] : [])),
    ).not.toThrow();
  });

  test('what it differentiates has its arguments', () => {
    if (own.gradientOf === undefined) return;
    const forward = OPERATIONS[own.gradientOf as OpName];
    expect(own.arguments.filter((name) => name !== 'dy')).toEqual(forward.arguments);
    expect(own.options.filter((name) => name !== 'dy')).toEqual(forward.options);
    expect([...own.arguments, ...own.options].filter((name) => name === 'dy')).toHaveLength(1);
  });
});
