import { signal } from '@preact/signals';
import { remember, route } from '../state/route.ts';

/** All that a link to the view carries. */
export interface State {
  readonly logits: readonly number[];
  /** Whether each class takes part. */
  readonly allowed: readonly boolean[];
  readonly temperature: number;
  /** 1 softmax, 2 sparsemax, ∞ hardmax. */
  readonly alpha: number;
  readonly sink: number | undefined;
  /** Of the Gumbel noise; without one there is none. */
  readonly seed: number | undefined;
  /** The class whose loss the gradient is of. */
  readonly target: number;
}

const VIEW = 'explore';
export const FEWEST = 2;
export const MOST = 10;
export const COLDEST = 0.01;
export const HOTTEST = 100;

export const START: State = {
  logits: [2, 1, 3, -1, 0.5],
  allowed: [true, true, true, true, true],
  temperature: 1,
  alpha: 1,
  sink: undefined,
  seed: undefined,
  target: 0,
};

export const nameOf = (k: number): string => String.fromCharCode(65 + k);

const numberIn = (text: string | null, low: number, high: number): number | undefined => {
  const value = text === null || text === '' ? Number.NaN : Number(text);
  return value >= low && value <= high ? value : undefined;
};
const whole = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isInteger(value) ? value : undefined;

const LARGEST = Number.MAX_VALUE;

/** The state that a link carries; what it lacks or garbles is as at the start. */
function stateOf(params: URLSearchParams): State {
  const given = (params.get('x') ?? '').split(',').map((text) => numberIn(text, -LARGEST, LARGEST));
  const sound = given.length >= FEWEST && given.length <= MOST && !given.includes(undefined);
  const logits = sound ? given.map((x) => x ?? 0) : START.logits;
  const hidden = new Set((params.get('hide') ?? '').split(',').filter(Boolean).map(Number));
  return {
    logits,
    allowed: logits.map((_, k) => !hidden.has(k)),
    temperature: numberIn(params.get('T'), COLDEST, HOTTEST) ?? START.temperature,
    alpha: numberIn(params.get('alpha'), 1, Number.POSITIVE_INFINITY) ?? START.alpha,
    sink: numberIn(params.get('sink'), -LARGEST, LARGEST),
    seed: whole(numberIn(params.get('seed'), 0, Number.MAX_SAFE_INTEGER)),
    target: whole(numberIn(params.get('y'), 0, logits.length - 1)) ?? START.target,
  };
}

function paramsOf(state: State): URLSearchParams {
  const { logits, allowed, temperature, alpha, sink, seed, target } = state;
  const params = new URLSearchParams({ x: logits.join(',') });
  const hidden = allowed.flatMap((is, k) => (is ? [] : [k]));
  if (hidden.length > 0) params.set('hide', hidden.join(','));
  if (temperature !== START.temperature) params.set('T', String(temperature));
  if (alpha !== START.alpha) params.set('alpha', String(alpha));
  if (sink !== undefined) params.set('sink', String(sink));
  if (seed !== undefined) params.set('seed', String(seed));
  if (target !== START.target) params.set('y', String(target));
  return params;
}

export const state = signal(stateOf(route.value.params));
route.subscribe(({ view, params }) => {
  if (view === VIEW) state.value = stateOf(params);
});

/** What the user changed, and the address with it. */
export function change(part: Partial<State>): void {
  state.value = { ...state.value, ...part };
  remember(VIEW, paramsOf(state.value));
}

export const withAt = <T>(values: readonly T[], at: number, value: T): T[] =>
  values.map((each, k) => (k === at ? value : each));
