import { useEffect, useRef } from 'preact/hooks';
import type { PlotOptions } from './marks.ts';
import './figure.css';

type Marks = typeof import('./marks.ts');

interface Drawing {
  readonly caption: string;
  /** What it shows, for who does not see it. */
  readonly label: string;
  readonly draw: (marks: Marks) => PlotOptions;
  /** Drawn again when one of them changes. */
  readonly of: readonly unknown[];
}

/** A plot with its caption; the library loads with the first one. */
export function Figure({ caption, label, draw, of }: Drawing) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let current = true;
    const drawing = (marks: Marks) => {
      const width = place.current?.clientWidth ?? 0;
      if (!current || width === 0) return;
      const drawn = marks.plot({
        width,
        height: 264,
        marginTop: 28,
        marginLeft: 52,
        marginBottom: 46,
        ...draw(marks),
      });
      // The caption and the label say what there is; a hundred paths read one by one would not.
      for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
      drawn.setAttribute('role', 'img');
      drawn.setAttribute('aria-label', label);
      place.current?.replaceChildren(drawn);
      place.current?.removeAttribute('aria-busy');
    };
    import('./marks.ts').then(drawing, () => place.current?.replaceChildren('The plot could not be loaded.'));
    return () => {
      current = false;
    };
  }, [label, ...of]);
  return (
    <figure class="plot">
      <figcaption>{caption}</figcaption>
      <div ref={place} class="drawing" aria-busy="true" />
    </figure>
  );
}
