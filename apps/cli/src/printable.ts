/**
 * Characters that a terminal obeys or that change the order of others: controls (C0, DEL, C1), marks of direction,
 * separators of lines, halves of surrogate pairs.
 */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The characters of a message that are shown; of a longer one its beginning and its end. */
const [BEGIN, END] = [1500, 500];

/**
 * Text of a file, a name or another program as a terminal may show it: what it would obey as an escape (`\x1b`), what is
 * too long cut. Everything that a person reads passes here; reports in JSON and results do not.
 */
export function printable(text: string): string {
  // Escapes are longer than what they stand for: cut before, for the time, and after, for the length.
  return cut(cut(text).replaceAll(OBEYED, escapeOf));
}

const cut = (text: string): string =>
  text.length > BEGIN + END ? `${text.slice(0, BEGIN)} … ${text.slice(-END)}` : text;

/** The same of several lines, which stay lines. */
export const printableLines = (text: string): string => text.split('\n', LINES).map(printable).join('\n');

/** The lines that are shown of a text of many. */
const LINES = 100;

function escapeOf(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
