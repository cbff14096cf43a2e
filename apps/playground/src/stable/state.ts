import { signal } from '@preact/signals';
import { remember, route } from '../state/route.ts';
import type { Precision } from './naive.ts';

export interface State {
  /** What is added to every logit. */
  readonly shift: number;
  /** How far the right class is ahead. */
  readonly gap: number;
  readonly precision: Precision;
}

/** Only the differences between logits matter: to add a number to all of them changes nothing, on paper. */
export const BASE: readonly number[] = [0, 1, 2];
const VIEW = 'stable';
export const FAR = 1000;
export const WIDEST = 1000;

function clamped(text: string | null, low: number, high: number, otherwise: number): number {
  const value = Number(text ?? Number.NaN);
  return value >= low && value <= high ? value : otherwise;
}

const stateOf = (params: URLSearchParams): State => ({
  shift: clamped(params.get('shift'), -FAR, FAR, 0),
  gap: clamped(params.get('gap'), 0, WIDEST, 10),
  precision: params.get('in') === 'float64' ? 'float64' : 'float32',
});

export const state = signal(stateOf(route.value.params));
route.subscribe(({ view, params }) => {
  if (view === VIEW) state.value = stateOf(params);
});

export function change(part: Partial<State>): void {
  state.value = { ...state.value, ...part };
  const { shift, gap, precision } = state.value;
  remember(VIEW, new URLSearchParams({ shift: String(shift), gap: String(gap), in: precision }));
}
