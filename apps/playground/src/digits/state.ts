import { signal } from '@preact/signals';
import { remember, route } from '../state/route.ts';

/** How many digits are learnt from, and how often each is seen. */
export const COURSES = [
  { name: 'few', size: 300, epochs: 60 },
  { name: 'some', size: 2000, epochs: 12 },
  { name: 'all', size: 8000, epochs: 5 },
] as const;

export interface State {
  readonly course: (typeof COURSES)[number]['name'];
  readonly word: string;
}

const VIEW = 'digits';

const stateOf = (params: URLSearchParams): State => ({
  course: COURSES.find(({ name }) => name === params.get('learn'))?.name ?? 'some',
  word: params.get('word') ?? 'softmax',
});

export const state = signal(stateOf(route.value.params));
route.subscribe(({ view, params }) => {
  if (view === VIEW) state.value = stateOf(params);
});

export function change(part: Partial<State>): void {
  state.value = { ...state.value, ...part };
  const { course, word } = state.value;
  remember(VIEW, new URLSearchParams({ learn: course, word }));
}
