import { signal } from '@preact/signals';

/** What the address says after its `#`: `#/explore?x=1,2,3`. */
export interface Route {
  readonly view: string;
  readonly params: URLSearchParams;
}

function read(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { view: path || 'explore', params: new URLSearchParams(query) };
}

/** Changes when the address does by the user's hand: a link, back, a pasted address. */
export const route = signal(read());
addEventListener('hashchange', () => {
  clearTimeout(pending);
  route.value = read();
});

/** Browsers refuse more than about a hundred changes in ten seconds, and a drag makes more. */
const PAUSE = 150;
let pending: ReturnType<typeof setTimeout> | undefined;

/** Writes the state of a view into the address, so that the address shows it again; no step in the history. */
export function remember(view: string, params: URLSearchParams): void {
  clearTimeout(pending);
  pending = setTimeout(() => {
    const query = params.toString().replaceAll('%2C', ',');
    if (route.value.view === view) history.replaceState(null, '', `#/${view}${query && `?${query}`}`);
  }, PAUSE);
}
