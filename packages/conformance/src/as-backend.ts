import { type Backend, type Mode, SoftmaxError } from '@softmax/core';

/**
 * Returns the export of an untyped module as a backend.
 *
 * @throws {SoftmaxError} `INVALID_INPUT` if a part is missing or has another type, `UNSUPPORTED`
 * for a backend of another version of the contract
 */
export function asBackend(value: unknown, subject = 'backend'): Backend<never, Mode> {
  if (typeof value !== 'object' || value === null)
    throw new SoftmaxError(
      'INVALID_INPUT',
      subject,
      value,
      'a backend: { spec: 1, name, mode, dtypes, kernels, … }',
    );
  const found = value as { readonly [part: string]: unknown };
  if (typeof found['spec'] === 'number' && found['spec'] !== 1)
    throw new SoftmaxError('UNSUPPORTED', `${subject}: spec`, found['spec'], '1');
  for (const [part, { allowed, holds }] of Object.entries(PARTS))
    if (!holds(found[part]))
      throw new SoftmaxError('INVALID_INPUT', `${subject}: ${part}`, found[part], allowed);
  return value as Backend<never, Mode>;
}

interface Part {
  readonly allowed: string;
  readonly holds: (value: unknown) => boolean;
}

const FUNCTION: Part = { allowed: 'a function', holds: (value) => typeof value === 'function' };

const PARTS: { readonly [part in keyof Backend<never, Mode>]?: Part } = {
  spec: { allowed: '1', holds: (value) => value === 1 },
  name: {
    allowed: 'a string that is not empty',
    holds: (value) => typeof value === 'string' && value !== '',
  },
  mode: { allowed: "'sync' or 'async'", holds: (value) => value === 'sync' || value === 'async' },
  dtypes: { allowed: "an array of types, such as ['float32', 'int32', 'bool']", holds: Array.isArray },
  kernels: {
    allowed: 'an object of functions, by the names of kernels',
    holds: (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).every((kernel) => kernel === undefined || typeof kernel === 'function'),
  },
  upload: FUNCTION,
  download: FUNCTION,
  free: FUNCTION,
  gumbelNoise: { ...FUNCTION, holds: (value) => value === undefined || typeof value === 'function' },
  poison: { ...FUNCTION, holds: (value) => value === undefined || typeof value === 'function' },
};
