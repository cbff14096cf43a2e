import {
  type Backend,
  cpu,
  createSoftmax,
  type Deviation,
  type Level,
  type Mode,
  SoftmaxError,
} from '@softmax/core';
import { pairs } from '../cases/pairs.ts';
import type { Case, SomeBackend, Tier, Trial } from './case.ts';
import { CASES } from './cases.ts';
import type { Category, Check, Outcome, Subject } from './check.ts';
import { idOf } from './id.ts';
import { poisoned } from './poisoning.ts';

export interface PlanOptions {
  /** The required level. Default: the level that the backend claims, else S3. */
  readonly level?: Level;
  /** A part of the plan. Default: all. */
  readonly categories?: readonly Category[];
  /** A part of the plan. Default: all. */
  readonly ops?: readonly Subject[];
  /** The seed of random values. Default: 1. */
  readonly seed?: number;
  /** Fewer checks, and fewer lengths and examples in each. Default: false. */
  readonly quick?: boolean;
  /** The number of random examples for each law. Default: 1000, in quick runs 10. */
  readonly examples?: number;
  /**
   * `'all'` adds rows of up to 2²⁴ (2.6 GB, and 8 s for each operation and distribution on the
   * reference). `'huge'` adds to these tensors of more than 2³¹ bytes and elements
   * (4.3 GB on the reference; more if uploads are copies). Default: `'usual'`, rows of up to 2²⁰.
   */
  readonly lengths?: 'usual' | 'all' | 'huge';
  /**
   * Runs every kernel on clean memory and again on memory filled with NaN and with large numbers,
   * three times in all, and fails if a bit differs (see `poisoned`). Default: false.
   */
  readonly poison?: boolean;
  /**
   * Creates another backend of the same kind. With it, creation and disposal of backends are tested
   * too.
   */
  readonly make?: () => SomeBackend | Promise<SomeBackend>;
  /**
   * Creates a backend that must fail to start, for example with a path that does not exist; the
   * next start must succeed.
   */
  readonly breaks?: () => unknown;
  /**
   * Runs a part of the plan on a backend of the same kind in another thread. With it, several
   * threads at once are tested.
   */
  readonly worker?: Trial['worker'];
  /**
   * Backends to compare with, on a million elements of each operation. Default: the CPU reference.
   */
  readonly beside?: readonly SomeBackend[];
}

/** Returns every check that a backend must pass. Nothing runs before a check does. */
export function* plan<B, M extends Mode>(
  backend: Backend<B, M>,
  options: PlanOptions = {},
): Generator<Check> {
  const on = (options.poison ? poisoned(backend) : backend) as Backend<unknown, Mode>;
  const { categories, ops, seed = 1, quick = false, examples = quick ? 10 : 1000 } = options;
  const { beside = [cpu()], ...told } = options;
  const level = options.level ?? backend.claims?.level ?? 'S3';
  const float64 = options.level ?? backend.claims?.float64 ?? level;
  const trial: Trial = {
    backend: on,
    softmax: createSoftmax(on),
    level,
    float64,
    subnormals: backend.claims?.subnormals ?? true,
    seed,
    quick,
    examples,
    everyLength: (options.lengths ?? 'usual') !== 'usual',
    make: told.make as Trial['make'],
    breaks: told.breaks,
    worker: told.worker,
  };
  for (const each of [...CASES, ...beside.flatMap(pairs)]) {
    if (categories?.includes(each.category) === false || ops?.includes(each.op) === false) continue;
    if (!within(each.tier, options)) continue;
    if (each.told && !told[each.told]) continue;
    if (each.told === 'breaks' && !told.make) continue;
    const id = idOf(each);
    const deviation = backend.claims?.deviations?.find(({ check }) => covers(check, id));
    const { category, op, name, mistake } = each;
    const outcome = () => (offered(trial, each) ? solved(trial, each) : refused(trial, each));
    const run = deviation ? () => deviating(outcome, deviation) : outcome;
    yield { id, category, op, name, mistake, run };
  }
}

/** Returns true if a run includes this extent. */
function within(tier: Tier | undefined, { quick = false, lengths = 'usual' }: PlanOptions): boolean {
  if (tier === 'full') return !quick;
  if (tier === 'long') return lengths !== 'usual';
  return tier === undefined || lengths === 'huge';
}

/**
 * Returns true if a pattern matches an id; a pattern that ends in `*` matches every id with its
 * prefix.
 */
export const covers = (pattern: string, id: string): boolean =>
  pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;

const offered = ({ backend }: Trial, { needs }: Case): boolean =>
  needs.kernels.every((kernel) => backend.kernels[kernel]) &&
  needs.dtypes.every((dtype) => backend.dtypes.includes(dtype));

async function solved(trial: Trial, each: Case): Promise<Outcome> {
  return { status: 'passed', ...(await each.run(trial)) };
}

/** A backend must refuse undeclared features by the code: a gap is tested, never skipped. */
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
