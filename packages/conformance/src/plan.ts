import {
  type Backend,
  createSoftmax,
  type Deviation,
  type Level,
  type Mode,
  SoftmaxError,
} from '@softmax/core';
import type { Case, Trial } from './case.ts';
import { CASES } from './cases.ts';
import type { Category, Check, Outcome, Subject } from './check.ts';

export interface PlanOptions {
  /** The level to reach. Default: what the backend claims, else S3. */
  readonly level?: Level;
  /** Default: all. */
  readonly categories?: readonly Category[];
  /** Default: all. */
  readonly ops?: readonly Subject[];
  /** What random values are made from. Default: 1. */
  readonly seed?: number;
  /** Fewer lengths and examples in each check. Default: false. */
  readonly quick?: boolean;
}

/** Every check that a backend must pass. Nothing runs until a check does. */
export function* plan<B, M extends Mode>(
  backend: Backend<B, M>,
  options: PlanOptions = {},
): Generator<Check> {
  const on = backend as Backend<unknown, Mode>;
  const { categories, ops, seed = 1, quick = false } = options;
  const level = options.level ?? backend.claims?.level ?? 'S3';
  const trial: Trial = {
    backend: on,
    softmax: createSoftmax(on),
    level,
    subnormals: backend.claims?.subnormals ?? true,
    seed,
    quick,
  };
  for (const each of CASES) {
    if (categories?.includes(each.category) === false || ops?.includes(each.op) === false) continue;
    const id = `${each.category}/${kebab(each.op)}/${each.name}`;
    const deviation = backend.claims?.deviations?.find(({ check }) => covers(check, id));
    const { category, op, name, mistake } = each;
    const outcome = () => (offered(trial, each) ? solved(trial, each) : refused(trial, each));
    const run = deviation ? () => deviating(outcome, deviation) : outcome;
    yield { id, category, op, name, mistake, run };
  }
}

const kebab = (op: string): string => op.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const covers = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

const offered = ({ backend }: Trial, { needs }: Case): boolean =>
  needs.kernels.every((kernel) => backend.kernels[kernel]) &&
  needs.dtypes.every((dtype) => backend.dtypes.includes(dtype));

async function solved(trial: Trial, each: Case): Promise<Outcome> {
  return { status: 'passed', ...(await each.run(trial)) };
}

/** What a backend does not declare, it must refuse by its code: a gap is tested, never skipped. */
async function refused(trial: Trial, each: Case): Promise<Outcome> {
  const error = await each.run(trial).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SoftmaxError && error.code === 'UNSUPPORTED') return { status: 'refused' };
  throw new Error('not declared by the backend, and not refused with UNSUPPORTED', { cause: error });
}

async function deviating(outcome: () => Promise<Outcome>, { check, reason }: Deviation): Promise<Outcome> {
  const found = await outcome().catch(() => undefined);
  if (found === undefined) return { status: 'deviating' };
  throw new Error(`passes, so the declared deviation ${check} (${reason}) is stale`);
}
