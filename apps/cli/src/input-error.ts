/** A file does not hold what it should: the message says where, and the exit code is 3. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** @throws {InputError} always; `place` is a file, and where in it */
export function refuse(place: string, problem: string): never {
  throw new InputError(`${place}: ${problem}`);
}

/** What somebody else's code says of a file, as one line. */
export const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
