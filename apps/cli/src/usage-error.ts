/** What was asked for cannot be done: the user reads the message, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
