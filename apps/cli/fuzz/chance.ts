/** Choices from random numbers in [0, 1). */
export interface Chance {
  below(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** True once in `times` calls on average. */
  once(times: number): boolean;
  list<T>(length: number, make: () => T): T[];
}

export function chanceOf(random: () => number): Chance {
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    pick: (list) => list[below(list.length)] as never,
    once: (times) => below(times) === 0,
    list: (length, make) => Array.from({ length }, make),
  };
}

/** Names that an object has without being asked, that a terminal obeys, and that are long or empty. */
export const NAMES: readonly string[] = [
  'logits',
  'x',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '\u001b[31mred\u001b]0;title\u0007',
  'right\u202etfel',
  'two\nlines\r',
  '\u009b2J',
  'é'.repeat(300),
  'n'.repeat(70_000),
];

/** Lengths at the edges of what a shape, an array or a double can hold. */
const LENGTHS: readonly number[] = [
  0,
  0,
  1,
  1,
  2,
  3,
  4,
  5,
  7,
  1000,
  65_536,
  2 ** 20,
  2 ** 31,
  2 ** 32,
  2 ** 40,
  2 ** 52,
  2 ** 53 - 1,
];

/** Mostly small shapes; at times absurd ones, or of absurdly many axes. */
export function shapeOf(chance: Chance): number[] {
  if (chance.once(60)) return chance.list(chance.pick([33, 65, 5000]), () => chance.pick([1, 1, 2, 0]));
  if (chance.once(4)) return chance.list(1 + chance.below(3), () => chance.pick(LENGTHS));
  return chance.list(chance.pick([0, 1, 2, 2, 2, 3, 4]), () => 1 + chance.below(6));
}

/** Bytes that are cut, flipped, repeated or followed by others. */
export function damaged(bytes: Buffer, chance: Chance): Buffer {
  const at = chance.below(bytes.length + 1);
  const length = chance.below(Math.min(64, bytes.length - at + 1));
  switch (chance.below(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes, bytes.subarray(at)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 3: {
      const edge = chance.pick([
        Buffer.alloc(8),
        Buffer.alloc(8, 255),
        Buffer.from([0, 0, 0, 0, 1, 0, 0, 0]),
      ]);
      return Buffer.concat([bytes.subarray(0, at), edge, bytes.subarray(at + 8)]);
    }
    default: {
      const flipped = Buffer.from(bytes);
      for (let k = chance.below(4); k >= 0 && bytes.length > 0; k--)
        flipped[chance.below(bytes.length)] = chance.below(256);
      return flipped;
    }
  }
}
