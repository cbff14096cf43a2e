/** The colour of a name is its place in the list of all, so that it stays when others come and go. */
export const colourOf = (name: string, names: readonly string[]): string =>
  `var(--class-${Math.max(0, names.indexOf(name))})`;

interface Names {
  readonly names: readonly string[];
  readonly shown: readonly string[];
}

/** Which colour is whose. */
export function Key({ names, shown }: Names) {
  return (
    <ul class="key">
      {names
        .filter((name) => shown.includes(name))
        .map((name) => (
          <li key={name}>
            <span class="dot" style={{ background: colourOf(name, names) }} /> {name}
          </li>
        ))}
    </ul>
  );
}
