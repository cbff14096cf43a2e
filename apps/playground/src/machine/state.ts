import { signal } from '@preact/signals';
import { remember, route } from '../state/route.ts';
import { CHOICES } from './backends.ts';

export interface State {
  readonly on: readonly string[];
  /** Every check, or fewer with fewer examples each. */
  readonly whole: boolean;
  /** The operation that is checked and plotted; all are checked where it is empty. */
  readonly op: string;
}

const VIEW = 'machine';
const START = ['cpu', 'wasm'];
/** What has an accuracy to plot. */
export const OPS = [
  'softmax',
  'logSoftmax',
  'logSumExp',
  'crossEntropy',
  'sparsemax',
  'entmax',
  'gumbelSoftmax',
] as const;

function stateOf(params: URLSearchParams): State {
  const on = params.get('on')?.split(',') ?? START;
  return {
    on: CHOICES.map(({ name }) => name).filter((name) => on.includes(name)),
    whole: params.get('plan') === 'whole',
    op: OPS.find((op) => op === params.get('op')) ?? '',
  };
}

export const state = signal(stateOf(route.value.params));
route.subscribe(({ view, params }) => {
  if (view === VIEW) state.value = stateOf(params);
});

export function change(part: Partial<State>): void {
  state.value = { ...state.value, ...part };
  const { on, whole, op } = state.value;
  const params = new URLSearchParams({ on: on.join(',') });
  if (whole) params.set('plan', 'whole');
  if (op) params.set('op', op);
  remember(VIEW, params);
}
