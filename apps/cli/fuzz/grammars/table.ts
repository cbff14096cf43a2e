import { type Chance, NAMES } from '../chance.ts';

function cell(chance: Chance): string {
  if (chance.once(400))
    return `${chance.pick(['1', '1.', ' ', '.', '1e'])}`.repeat(40_000) + chance.pick(['x', '']);
  if (chance.once(40))
    return chance.pick([
      '',
      'nan',
      '-Infinity',
      '"1"',
      '"',
      '"a""b"',
      '0x1',
      '\u0000',
      '\u001b[2J',
      ...NAMES,
    ]);
  return String(chance.pick([1, -1, 0.5, 1e30]) * (chance.below(1000) / 7));
}

/** Rows of cells; at times ragged, with a head, a byte order mark, or blank lines. */
export const table =
  (delimiter: string) =>
  (chance: Chance): Buffer => {
    const width = 1 + chance.below(6);
    const ragged = chance.once(10);
    const rows = chance.list(chance.below(20), () =>
      chance.list(ragged ? chance.below(6) : width, () => cell(chance)).join(delimiter),
    );
    if (chance.once(6)) rows.unshift(chance.list(width, () => chance.pick(NAMES)).join(delimiter));
    if (chance.once(30)) rows.push('\n'.repeat(chance.below(50_000)));
    if (chance.once(30)) rows.push(delimiter.repeat(chance.below(50_000)));
    return Buffer.from(
      `${chance.once(10) ? '\ufeff' : ''}${rows.join(chance.pick(['\n', '\r\n', '\n\n']))}\n`,
    );
  };
