import { type Chance, NAMES } from '../chance.ts';

const LEAVES = ['"NaN"', '"-Infinity"', '"+inf"', 'true', 'null', '1e999', '-0', '"0x10"', '""', '{}', '[]'];

function leaf(chance: Chance): string {
  if (chance.once(300)) return `"${'1'.repeat(80_000)}x"`;
  if (chance.once(60)) return chance.once(3) ? JSON.stringify(chance.pick(NAMES)) : chance.pick(LEAVES);
  return String(chance.pick([1, -1, 0.5, 3e38, 1e-320]) * (chance.below(1000) / 7));
}

/** Nested lists of numbers, at times ragged, deep or of other things. */
function nested(chance: Chance): string {
  if (chance.once(50)) return deep(chance);
  if (chance.once(40)) return `[${'[],'.repeat(chance.below(20_000))}[]]`;
  const shape = chance.list(chance.pick([0, 1, 2, 2, 2, 3]), () => chance.below(6));
  const ragged = chance.once(8);
  const list = ([length, ...rest]: readonly number[]): string =>
    length === undefined
      ? leaf(chance)
      : `[${chance.list(ragged ? chance.below(4) : length, () => list(rest)).join(chance.pick([',', ', ', ',\n ']))}]`;
  return list(shape);
}

/** Some thousand lists or objects in one another, closed or not. */
function deep(chance: Chance): string {
  const depth = chance.pick([40, 70, 3000, 10_000, 40_000]);
  const [open, close] = chance.pick([
    ['[', ']'],
    ['[1,', ']'],
    ['{"a":', '}'],
    ['[{"x":', '}]'],
  ] as const);
  return `${open.repeat(depth)}1${chance.once(5) ? '' : close.repeat(depth)}`;
}

export function json(chance: Chance): Buffer {
  if (chance.once(6)) {
    const members = chance.list(
      1 + chance.below(3),
      () => `${JSON.stringify(chance.pick(NAMES))}:${nested(chance)}`,
    );
    return Buffer.from(`{${members.join(',')}}`);
  }
  return Buffer.from(`${chance.once(20) ? '\ufeff' : ''}${nested(chance)}${chance.once(20) ? 'x' : '\n'}`);
}

/** Lines of one shape; at times a long one, an empty one, or one of another kind. */
export function jsonLines(chance: Chance): Buffer {
  if (chance.once(400)) return Buffer.from(`[${' '.repeat(2 ** 22)}1]`);
  const width = chance.below(5);
  const lines = chance.list(chance.below(30), () => {
    if (chance.once(15)) return chance.pick(['', '  ', '{"a":1}', 'x', '1', nested(chance)]);
    return `[${chance.list(width, () => leaf(chance)).join(',')}]`;
  });
  return Buffer.from(lines.join(chance.pick(['\n', '\r\n'])));
}
