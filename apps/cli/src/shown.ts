const LONGEST = 40;

/** A value of a file as a message shows it: JSON of at most 40 characters. */
export function shown(value: unknown): string {
  const text = jsonOf(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(typeof value === 'string' ? value.slice(0, LONGEST) : value) ?? typeof value;
  } catch {
    // Its recursion ends in the stack's overflow on lists that are nested some thousands deep.
    return 'a value that is nested too deeply';
  }
}
