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
    const [text, rule] = [shorten(show(given)), shorten(allowed)];
    super(`${shorten(subject)}: got ${text}; allowed: ${rule}`, cause ? { cause } : {});
    this.code = code;
    this.given = text;
    this.allowed = rule;
  }
}

/**
 * The error itself where it is a SoftmaxError. Whatever else reading an argument can throw (a getter, a trap of a Proxy, a
 * stack or an allocation that is too large) becomes the cause of an INVALID_INPUT.
 */
export function typedError(error: unknown, subject: string): SoftmaxError {
  if (error instanceof SoftmaxError) return error;
  return new SoftmaxError('INVALID_INPUT', subject, 'what cannot be read', 'values that can be read', error);
}

/** A message quotes this much of each of its parts: a value may be a whole file. */
const QUOTED = 2000;
const shorten = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

/** How many items are shown of a list, and of lists inside it; deeper ones are not opened, as a list may hold itself. */
const SHOWN = [64, 4, 4];

function show(given: unknown, level = 0): string {
  try {
    if (Array.isArray(given)) {
      const most = SHOWN[level];
      if (most === undefined) return '[…]';
      const length = Math.min(given.length, most);
      const items = Array.from({ length }, (_, k) => show(given[k], level + 1));
      return `[${items.join(', ')}${given.length > length ? ', …' : ''}]`;
    }
    if (typeof given === 'string') return given;
    if (typeof given === 'function') return 'a function';
    // The digits of a bigint take time that is quadratic in their number.
    if (typeof given === 'bigint' && BigInt.asIntN(QUOTED, given) !== given) return 'a long bigint';
    if (given && typeof given === 'object') {
      const name: unknown = given.constructor?.name;
      return typeof name === 'string' ? name : 'an object';
    }
    return Object.is(given, -0) ? '-0' : String(given);
  } catch {
    return 'what cannot be read';
  }
}
