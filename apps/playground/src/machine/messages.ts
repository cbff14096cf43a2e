import type { BackendReport, CheckOptions } from '@softmax/conformance';
import type { BackendName } from './backends.ts';
import type { Lap } from './lap.ts';

/** What a worker is asked for. */
export interface Task {
  readonly backend: BackendName;
  readonly work: 'check' | 'race';
  readonly options: Pick<CheckOptions, 'quick' | 'ops'>;
}

/** What it says while it works, and in the end. */
export type News =
  | { readonly kind: 'step'; readonly done: number; readonly total: number; readonly failed: number }
  | { readonly kind: 'report'; readonly report: BackendReport }
  | { readonly kind: 'lap'; readonly lap: Lap }
  | { readonly kind: 'end' }
  | { readonly kind: 'fault'; readonly message: string };
