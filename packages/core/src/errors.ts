/** Every error that this project throws on purpose carries one of these codes. */
export type ErrorCode =
  | 'INVALID_AXIS'
  | 'INVALID_SHAPE'
  | 'INVALID_DTYPE'
  | 'INVALID_INPUT'
  | 'INVALID_OPTION'
  | 'INVALID_TARGET'
  /** Nothing to normalise or to average over, and the caller asked for an error. */
  | 'EMPTY'
  /** Bytes that are no ONNX model, or only a part of one; `cause` says where. */
  | 'INVALID_MODEL'
  /** The backend lacks the kernel, or lacks it for this dtype. */
  | 'UNSUPPORTED'
  | 'FOREIGN_TENSOR'
  | 'DISPOSED'
  /** A peer dependency is not installed. */
  | 'MISSING_RUNTIME'
  /** The runtime below a backend failed; `cause` is its error. */
  | 'BACKEND_FAILED';

/**
 * The only error class: `code` to branch on, the `given` value and the `allowed` ones, all in the
 * message too.
 */
export class SoftmaxError extends Error {
  override readonly name = 'SoftmaxError';
  readonly code: ErrorCode;
  readonly given: string;
  readonly allowed: string;

  /** @param subject the subject of the error: an option's name, a tensor, a backend. */
  constructor(code: ErrorCode, subject: string, given: unknown, allowed: string, cause?: unknown) {
    const [text, rule] = [shorten(show(given)), shorten(allowed)];
    super(`${shorten(subject)}: got ${text}; allowed: ${rule}`, cause ? { cause } : {});
    this.code = code;
    this.given = text;
    this.allowed = rule;
  }
}

/**
 * Returns the error itself if it is a SoftmaxError. Any other error from reading an argument
 * (a getter, a trap of a Proxy, a stack or an allocation that is too large) becomes the cause of an
 * INVALID_INPUT.
 */
export function typedError(error: unknown, subject: string): SoftmaxError {
  if (error instanceof SoftmaxError) return error;
  return new SoftmaxError('INVALID_INPUT', subject, 'what cannot be read', 'values that can be read', error);
}

/** The length of each part of a message; a value may be a whole file. */
const QUOTED = 2000;
const shorten = (text: string): string => (text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);

/**
 * The number of items shown of a list, and of lists inside it. Deeper lists are not opened, as a
 * list may contain itself.
 */
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
    // Converting a bigint to digits takes time quadratic in their number.
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
