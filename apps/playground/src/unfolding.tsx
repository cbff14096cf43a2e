import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { View } from './views.ts';

/** A view, once its code is here. */
export function Unfolding({ view }: { readonly view: View }) {
  const [found, setFound] = useState<{ readonly Body?: ComponentType; readonly failed?: boolean }>({});
  useEffect(() => {
    view.load().then(
      (Body) => setFound({ Body }),
      () => setFound({ failed: true }),
    );
  }, [view]);
  const { Body, failed } = found;
  if (failed) return <p role="alert">This view could not be loaded. Is the network there?</p>;
  return Body ? <Body /> : <p class="loading">Loading…</p>;
}
