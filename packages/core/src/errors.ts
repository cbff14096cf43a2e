/** Every error that this project throws on purpose carries one of these codes. */
export type ErrorCode =
  | 'INVALID_AXIS'
  | 'INVALID_SHAPE'
  | 'INVALID_DTYPE'
  | 'INVALID_INPUT'
  | 'INVALID_OPTION'
  | 'INVALID_TARGET'
  /** Nothing to normalise or to average over, where the caller asked for an error. */
  | 'EMPTY'
  /** Bytes that are no ONNX model, or not all of one; `cause` tells where. */
  | 'INVALID_MODEL'
  /** The backend has no such kernel, or not for this dtype. */
  | 'UNSUPPORTED'
  | 'FOREIGN_TENSOR'
  | 'DISPOSED'
  /** A peer dependency is not installed. */
  | 'MISSING_RUNTIME'
  /** The runtime below a backend failed; `cause` holds its own error. */
  | 'BACKEND_FAILED';

/** The one error class: `code` to branch on, what was `given`, what is `allowed`, all in the message too. */
export class SoftmaxError extends Error {
  override readonly name = 'SoftmaxError';
  readonly code: ErrorCode;
  readonly given: string;
  readonly allowed: string;

  /** @param subject what the error is about: an option's name, a tensor, a backend. */
  constructor(code: ErrorCode, subject: string, given: unknown, allowed: string, cause?: unknown) {
    const text = show(given);
    super(`${subject}: got ${text}; allowed: ${allowed}`, cause ? { cause } : {});
    this.code = code;
    this.given = text;
    this.allowed = allowed;
  }
}

function show(given: unknown): string {
  if (Array.isArray(given)) return `[${given.map(show).join(', ')}]`;
  if (typeof given === 'string') return given;
  if (given && typeof given === 'object') return given.constructor?.name ?? 'an object';
  return Object.is(given, -0) ? '-0' : String(given);
}
