/** Rotations of the eight rounds that repeat, for two words of 32 bits (Salmon et al. 2011, Table 2). */
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/**
 * Threefry-2x32-20: the two words that the key makes of the counter. Twenty rounds, after every four of which the key
 * and the number of the injection are added. Arguments are taken modulo 2³².
 *
 * @see J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011, §4.2
 */
export function threefry(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  words: Uint32Array,
): void {
  let a = key0 | 0;
  let b = key1 | 0;
  let c = a ^ b ^ PARITY;
  let x = (counter0 + a) | 0;
  let y = (counter1 + b) | 0;
  for (let injection = 1; injection <= 5; injection++) {
    for (let round = 0; round < 4; round++) {
      const rotation = ROTATIONS[((injection - 1) & 1) * 4 + round] as number;
      x = (x + y) | 0;
      y = ((y << rotation) | (y >>> (32 - rotation))) ^ x;
    }
    [a, b, c] = [b, c, a];
    x = (x + a) | 0;
    y = (y + b + injection) | 0;
  }
  words[0] = x;
  words[1] = y;
}
