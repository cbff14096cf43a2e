import { type ErrorCode, SoftmaxError } from '@softmax/core';
import type { Trial } from '../plan/case.ts';

/**
 * Requires that a wrong call fails with this code: a throw of a synchronous backend, a rejection of
 * an asynchronous one.
 */
export async function refuses(
  { backend }: Trial,
  code: ErrorCode,
  call: () => unknown,
  where: string,
): Promise<SoftmaxError> {
  const wanted = `expected ${code} for ${where}`;
  let result: unknown;
  try {
    result = call();
  } catch (error) {
    if (backend.mode === 'async') throw new Error(`${wanted}: thrown, not rejected`, { cause: error });
    return ofCode(error, code, wanted);
  }
  if (!(result instanceof Promise)) throw new Error(`${wanted}: no error`);
  if (backend.mode === 'sync') throw new Error(`${wanted}: a promise from a synchronous backend`);
  return result.then(
    () => {
      throw new Error(`${wanted}: no error`);
    },
    (error: unknown) => ofCode(error, code, wanted),
  );
}

function ofCode(error: unknown, code: ErrorCode, wanted: string): SoftmaxError {
  if (!(error instanceof SoftmaxError)) throw new Error(`${wanted}: another error`, { cause: error });
  // An absent kernel cannot read its input; the plan judges that the backend reports it.
  if (error.code === 'UNSUPPORTED') throw error;
  if (error.code !== code) throw new Error(`${wanted}: got ${error.code}`, { cause: error });
  if (!error.given || !error.allowed) throw new Error(`${wanted}: what was given or allowed is missing`);
  return error;
}
