const LONGEST = 40;

/** A value of a file as a message shows it: JSON of about 40 characters at most. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return cut(value, JSON.stringify);
  try {
    return cut(JSON.stringify(value) ?? typeof value, String);
  } catch {
    // JSON.stringify overflows the stack on lists that are nested some thousands deep.
    return 'a value that is nested too deeply';
  }
}

const cut = (text: string, print: (text: string) => string): string =>
  text.length > LONGEST ? `${print(text.slice(0, LONGEST))}…` : print(text);
