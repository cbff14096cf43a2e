import { SoftmaxError } from '@softmax/core';
import type { Precision } from './claims.ts';

export type Providers = readonly (string | { readonly name: string })[];

export interface OnnxOptions {
  /**
   * exact: float64 arithmetic, level S3. accurate: float32 softmax and log-softmax from compensated
   * float32, level S2. fast: the runtime's fused operators if they have the same meaning, level S1.
   * Default: accurate.
   */
  readonly precision?: Precision;
  /** Execution providers, with onnxruntime's names. Default: the runtime's own choice. */
  readonly providers?: Providers;
  /** Further options for onnxruntime's `InferenceSession.create`. */
  readonly sessionOptions?: object;
  /**
   * The maximum number of open sessions: one for each kernel, dtype and choice of options.
   * Default: 64.
   */
  readonly maxSessions?: number;
  /** The backend's name in errors and reports. Default: onnx. */
  readonly name?: string;
}

export const PRECISIONS: readonly Precision[] = ['exact', 'accurate', 'fast'];
const NAMES = ['precision', 'providers', 'sessionOptions', 'maxSessions', 'name'];

/** The options with their defaults. */
export function checked(options: OnnxOptions): OnnxOptions & Required<Omit<OnnxOptions, 'providers'>> {
  const { precision = 'accurate', maxSessions = 64, name = 'onnx', sessionOptions = {} } = options;
  const refuse = (option: string, given: unknown, allowed: string) =>
    new SoftmaxError('INVALID_OPTION', option, given, allowed);
  for (const option of Object.keys(options))
    if (!NAMES.includes(option)) throw refuse('options', option, NAMES.join(', '));
  if (!PRECISIONS.includes(precision)) throw refuse('precision', precision, PRECISIONS.join(', '));
  if (!(maxSessions >= 1)) throw refuse('maxSessions', maxSessions, 'a number of 1 or more');
  return { ...options, precision, maxSessions, name, sessionOptions };
}
