import { SoftmaxError } from '@softmax/core';

/**
 * Imports an optional peer dependency. If it is absent, throws an error that says what to install;
 * only its own absence counts.
 */
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
 * Node: ERR_MODULE_NOT_FOUND "Cannot find package 'name' imported from …"; the code is equal, with
 * another name, if a file of the package itself is missing. Browsers: a TypeError that quotes the
 * unresolved specifier.
 */
const isAbsent = (name: string, error: unknown): boolean =>
  new RegExp(`(find|resolve|load)[^'"]*['"]${name}(/[a-z]+)?['"]`).test(
    messageOf(error).split('imported from')[0] ?? '',
  );
