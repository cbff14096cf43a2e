import { SoftmaxError } from '@softmax/core';

/** Imports an optional peer, and says what to install where it is absent. Only its own absence counts as that. */
export async function peer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (isAbsent(name, error))
      throw new SoftmaxError(
        'MISSING_RUNTIME',
        name,
        'nothing',
        `an installed package: npm install ${name}`,
        error,
      );
    throw new SoftmaxError('BACKEND_FAILED', name, messageOf(error), 'a runtime that loads', error);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Node: ERR_MODULE_NOT_FOUND "Cannot find package 'name' imported from …"; the same code, with another name, where a file of
 * the package itself is missing. Browsers: a TypeError that quotes the specifier that they could not resolve.
 */
const isAbsent = (name: string, error: unknown): boolean =>
  new RegExp(`(find|resolve|load)[^'"]*['"]${name}(/[a-z]+)?['"]`).test(
    messageOf(error).split('imported from')[0] ?? '',
  );
