import type { ComponentChildren } from 'preact';

/** What is wider than a phone scrolls by itself, by the keyboard too. */
export function Scrolled({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll.
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
